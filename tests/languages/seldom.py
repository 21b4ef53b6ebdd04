"""Messages that the walk does not reach, by reason. No others may be missing."""

from __future__ import annotations

SELDOM = {
    # What another process does meanwhile.
    "‘{id}’ was removed by someone else in the meantime; nothing was written",
    "look for it with ‘epn search WORD’",
    "‘{id}’ was changed by someone else in the meantime; nothing was written",
    "look at it with ‘epn show’, then try again",
    # Rare values.
    "No newline at end of file",
    "id already used: ‘{id}’",
    "with the apostrophes that protect cells from Excel",
    "several structures of the registry have this name and postal code",
    "the INSEE code is blank",
    "it is the INSEE code of {commune} (postal code {codes})",
    "‘{value}’ is the postal code of arrondissement {number}, not of ‘{commune}’",
    "correct the code or the commune",
    "the id is blank",
    "write an id such as ‘centre-d-animation-daviel’",
    "‘{value}’ has lost its leading zeros",
    "phone number",
    "the phone number is empty",
    "‘{value}’ contains U+{code}, which cannot be written in UTF-8",
    "type the text again",
    # A column for each day of the week.
    "write them in the form {example}",
    # A file of 64 MB, one of 200,000 rows, a registry that would grow to it; a machine that is slow.
    "the file is larger than {limit} MB",
    "the file has more than {limit} rows",
    "the file has more than {limit} values",
    "nothing was written: the file would be larger than {limit} MB, and epn could no longer read it",
    "split the registry into two files",
    "reading {file}…",
    # A fault of epn itself.
    "internal error in epn: {fault}",
    "the registry is intact; run the command again with EPN_DEBUG=1 and report the output",
    # A machine, or a limit, with too little memory.
    "there is not enough memory",
    "the registry is intact; close other programs, or raise the limit (ulimit -v), then try again",
    # A folder that is gone, an input of 64 MB.
    "the current folder no longer exists",
    "go to another folder, or give a file with --registry",
    "standard input is larger than {limit} MB",
    # Why a system refuses: each would need a disk, a limit or a right of its own.
    "Permission denied",
    "Bad file descriptor",
    "Device or resource busy",
    "Disk quota exceeded",
    "File exists",
    "File too large",
    "Invalid argument",
    "Input/output error",
    "Too many open files",
    "No such device",
    "Exec format error",
    "Cannot allocate memory",
    "No such device or address",
    "Operation not permitted",
    "Read-only file system",
    "Connection timed out",
    "the reason is not known",
    "a name cannot contain a null character",
    "the file or its folder no longer exists",
    # What another process does meanwhile, and the last checks before a file is written.
    "the value contains half a character (a lone surrogate), which cannot be written to a file",
    "type the value again",
    "nothing was written: the change cannot be made without changing other parts of the file",
    "change the record in a text editor, then run ‘epn check’",
    "nothing was written: another program has just changed the file",
    "save and close it in your editor, then try again",
    # What only Windows does, and PowerShell, which few other machines have.
    "another program has the file open",
    "close it there, then try again; nothing was written",
    "close it in any program that has it open, or check its permissions",
    "PowerShell does not run scripts on this computer; to allow them: {command}",
    # What less shows in its prompt, where it is installed.
    "space: go on, q: quit, h: help",
    # A broken installation.
    "the workbook cannot be read: the process that reads it could not be started",
    "save the sheet as CSV, and import that file",
    "PyYAML was installed without libyaml, which epn needs",
    "reinstall it from its wheel: pip install --force-reinstall --only-binary :all: PyYAML",
    # A file of another user, or one that is read-only: not refused to root.
    "the file belongs to another user, and replacing it would make you its owner",
    "ask its owner to make the change, or copy the file and work on the copy",
    "the lock file cannot be opened: it belongs to another user",
    "ask that user to delete it, or delete it yourself while epn is not running",
    "the file is read-only",
    "to make it writable: {command}",
    # A disk that cannot lock, or that cannot keep what a file has.
    "the disk does not support file locks, so simultaneous changes could be lost",
    "if nobody else is writing to the file, set EPN_LOCK=off to continue without a lock",
    "the file has an attribute that cannot be copied to the new file: {name}",
    "change the file in a text editor, or remove the attribute with setfattr or setfacl",
    # What epn has kept about a change is damaged; only the text of a record was changed, and then undone.
    "nothing to undo: what was kept about the last change cannot be read or is damaged",
    "{name}: text of the record",
    "older changes can no longer be undone: the file was changed by something else",
    # A signal between the rename and the end.
    "{word}; the change was written to the file",
    # What libyaml says only of texts that no one has found yet.
    "the YAML is not valid here",
    "compare the line with the ones above it: dashes, spaces, colons and quotes",
    "the line does not fit with the lines above it",
    "align it with the others, or delete it",
    # A machine without git, a repository of another user, or one that lacks what it should have.
    "git is not installed",
    "install git, or give two files to compare",
    "git failed",
    "git does not read this repository, because it belongs to another user",
    "‘git config --global --add safe.directory FOLDER’ allows it",
    "a version of the file is missing from this repository",
    "if the clone is partial, fetch the rest: git fetch --refetch --no-filter",
    "the clone does not go back to {day}: it is shallow",
    "‘git fetch --unshallow’ gets the older versions",
    "the clone is shallow: ‘git fetch --unshallow’ gets the older versions",
    "‘git log’ lists the versions; the clone may lack the older ones",
    # What another process does while a question waits for its answer.
    "the file was changed by something else in the meantime; nothing was written",
    "run ‘epn resolve’ again",
    # Of Click: what epn gives no occasion for.
    "Missing command.",
    "Invalid value: {message}",
    "Missing parameter",
    "Argument {name!r} takes {nargs} values.",
}
