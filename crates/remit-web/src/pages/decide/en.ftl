error-no-entry = There is no such entry, or it holds more than you may see.
error-partly-withheld = Some of it is withheld from you: who may see all of it can do this.
