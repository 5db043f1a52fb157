/* Copies and compares few bytes at a time as fast as other C libraries do: musl's memcpy begins with an instruction for long copies, which takes
   longer to begin than a short copy takes, and its memcmp goes byte by byte. A quarter of what a question took was spent in the two; short copies
   take a fifth of that, comparisons of more than a few bytes a quarter to an eighth. A program has one of each: what is linked before the C library is taken. */
#include <stddef.h>
#include <stdint.h>

/* Words that may lie anywhere, and may be parts of anything. */
typedef uint16_t two __attribute__((aligned(1), may_alias));
typedef uint32_t four __attribute__((aligned(1), may_alias));
typedef uint64_t eight __attribute__((aligned(1), may_alias));
typedef long long sixteen __attribute__((vector_size(16), aligned(1), may_alias));

#define AT(word, place) (*(word *)(place))
#define OF(word, place) (*(const word *)(place))

/* From one word to two: the first and the last, which may overlap. Both are read before anything is written, as the places may overlap too. */
#define BOTH_ENDS(word)                                                  \
    do {                                                                 \
        word first = OF(word, s), last = OF(word, s + n - sizeof(word)); \
        AT(word, d) = first;                                             \
        AT(word, d + n - sizeof(word)) = last;                           \
    } while (0)

static void copy_few(char *d, const char *s, size_t n)
{
    if (n >= 8)
        BOTH_ENDS(eight);
    else if (n >= 4)
        BOTH_ENDS(four);
    else if (n >= 2)
        BOTH_ENDS(two);
    else if (n)
        *d = *s;
}

void *memmove(void *to, const void *from, size_t n)
{
    char *d = to;
    const char *s = from;
    if (n <= 16) {
        copy_few(d, s, n);
        return to;
    }
    if (n <= 32) {
        BOTH_ENDS(sixteen);
        return to;
    }
    /* Both ends are read before anything is written; what is between goes from the end that nothing is written over before it is read. */
    sixteen a = OF(sixteen, s), b = OF(sixteen, s + 16);
    sixteen y = OF(sixteen, s + n - 32), z = OF(sixteen, s + n - 16);
    if ((uintptr_t)d - (uintptr_t)s >= n) {
        for (size_t i = 0; i < n - 32; i += 32) {
            sixteen p = OF(sixteen, s + i), q = OF(sixteen, s + i + 16);
            AT(sixteen, d + i) = p;
            AT(sixteen, d + i + 16) = q;
        }
    } else {
        for (size_t i = n; i > 32; i -= 32) {
            sixteen p = OF(sixteen, s + i - 32), q = OF(sixteen, s + i - 16);
            AT(sixteen, d + i - 32) = p;
            AT(sixteen, d + i - 16) = q;
        }
        AT(sixteen, d) = a;
        AT(sixteen, d + 16) = b;
        return to;
    }
    AT(sixteen, d + n - 32) = y;
    AT(sixteen, d + n - 16) = z;
    return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t n) __attribute__((alias("memmove")));

int memcmp(const void *one, const void *other, size_t n)
{
    const unsigned char *l = one, *r = other;
    for (; n >= 8; n -= 8, l += 8, r += 8) {
        uint64_t x = OF(eight, l), y = OF(eight, r);
        if (x != y) {
            x = __builtin_bswap64(x);
            y = __builtin_bswap64(y);
            return x < y ? -1 : 1;
        }
    }
    for (; n; n--, l++, r++)
        if (*l != *r)
            return *l - *r;
    return 0;
}
