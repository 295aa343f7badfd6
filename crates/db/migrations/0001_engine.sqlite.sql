-- Marks the file as Causeway's ("CWAY"), so that another program's file is never taken for ours.
pragma application_id = 1129791833;
