publish-title = Publish a site
publish-lead = Make pages that people read without Remit: they open from a folder, a memory stick or any web server, in every language, with their data and charts. What you do not choose here does not go out.
publish-make = Publish
publish-done = { $pages ->
     [one] 1 page is in { $folder }.
    *[other] { $pages } pages are in { $folder }.
  }
publish-open = To read it, open this file. To hand it on, copy the whole folder.
publish-wrong = The site was not published: { $why }
publish-under-way = A site is being published already. Wait until it is done, then try again.
publish-persons = Persons have no pages of their own, but whoever is named by a statement of this marking is named where it is shown. Publishing again writes only what has changed.
publish-command = On the command line, with a folder of your choice:
