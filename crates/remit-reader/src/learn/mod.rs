//! Learns from coded paragraphs which activities others speak of.
