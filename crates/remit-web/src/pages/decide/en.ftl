error-no-entry = There is no such entry, or it holds more than you may see.
