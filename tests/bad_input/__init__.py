"""What goes wrong gives a plain sentence, changes nothing and loses nothing typed."""
