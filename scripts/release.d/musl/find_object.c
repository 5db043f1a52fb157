/* What unwinds the stack in Debian's GCC asks glibc where a program's tables are (dlfcn.h, glibc 2.35), and nothing else. musl has
   the older way to ask, which this answers with. A static program has one object: itself. */
#define _GNU_SOURCE
#include <link.h>
#include <stddef.h>

/* As glibc has it on x86-64. */
struct dl_find_object {
    unsigned long long flags;
    void *map_start, *map_end, *link_map, *eh_frame;
    unsigned long long reserved[7];
};

struct asked {
    ElfW(Addr) address;
    struct dl_find_object *answer;
};

static int look(struct dl_phdr_info *object, size_t size, void *data)
{
    struct asked *asked = data;
    int found = 0;
    void *tables = NULL;
    (void)size;
    for (int n = 0; n < object->dlpi_phnum; n++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[n];
        ElfW(Addr) start = object->dlpi_addr + part->p_vaddr, end = start + part->p_memsz;
        if (part->p_type == PT_GNU_EH_FRAME)
            tables = (void *)start;
        if (part->p_type == PT_LOAD && asked->address >= start && asked->address < end) {
            found = 1;
            asked->answer->map_start = (void *)start;
            asked->answer->map_end = (void *)end;
        }
    }
    if (!found || !tables)
        return 0;
    asked->answer->flags = 0;
    asked->answer->link_map = NULL;
    asked->answer->eh_frame = tables;
    return 1;
}

int _dl_find_object(void *address, struct dl_find_object *answer)
{
    struct asked asked = {(ElfW(Addr))address, answer};
    return dl_iterate_phdr(look, &asked) == 1 ? 0 : -1;
}
