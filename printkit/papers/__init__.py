"""Papers for people: pictures for the screen, a contact sheet, a file to approve.

Modules are imported one by one, as most load ReportLab and a press file is made without.
"""
