"""Messages that the walk does not reach, by reason. No others may be missing."""

from __future__ import annotations

SELDOM = {
    # What another process does meanwhile.
    "‘{id}’ was removed by someone else meanwhile; nothing was written",
    "look for it with ‘epn search WORD’",
    "‘{id}’ was changed by someone else meanwhile; nothing was written",
    "look at it with ‘epn show’, then try again",
    # Rare values.
    "No newline at end of file",
    "another structure has the id ‘{id}’",
    "apostrophes of a CSV for Excel",
    "several structures of the registry have this name and postal code",
    "the Insee code is blank",
    "it is the Insee code of {commune}, which has {codes}",
    "‘{value}’ is the code of arrondissement {number}, not of ‘{commune}’",
    "put the code or the commune right",
    "‘{value}’ is not in {territory}",
    "correct it, or the postal code",
    "the id is blank",
    "write one, as in ‘centre-d-animation-daviel’",
    "‘{value}’ has lost the zeros at its start",
    "phone number",
    "the phone number is empty",
    "‘{value}’ holds U+{code}, which no file in UTF-8 can hold",
    "type the text again",
    # A file of 64 MB, one of 200,000 rows, a registry that would grow to it; a machine that is slow.
    "the file is larger than {limit} MB",
    "the file has more than {limit} rows",
    "the file has more than {limit} values",
    "the file would be larger than {limit} MB, too large for epn to read; nothing was written",
    "split the registry into two files",
    "reading {file}…",
    # A fault of epn itself.
    "epn has a fault of its own: {fault}",
    "the registry is whole; run it again with EPN_DEBUG=1 and report what it prints",
    # A folder that is gone, an input of 64 MB.
    "the folder that you are in is gone",
    "go to another one, or name a file with --registry",
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
    "a name cannot hold a null character",
    "the file or its folder is gone",
    # What another process does meanwhile, and the last checks before a file is written.
    "the value holds half a character (a lone surrogate), which no file can hold",
    "type the value again",
    "the change cannot be made in this file without touching something else; nothing was written",
    "change the record in a text editor; ‘epn check’ then reads it again",
    "the file was changed by another program just now; nothing was written",
    "save and close it in your editor, then try again",
    # What only Windows does, and PowerShell, which few other machines have.
    "another program has the file open",
    "close it there, then try again; nothing was written",
    "close it in the program that has it open, if one has; else check its permissions",
    "PowerShell reads no such file here; to let it: {command}",
    # A broken installation.
    "the workbook cannot be read: the process that reads it does not start",
    "save the sheet as CSV, and import that file",
    "PyYAML was installed without libyaml, which epn needs",
    "reinstall it from its wheel: pip install --force-reinstall --only-binary :all: PyYAML",
    # A file of another user, or one that is read-only: not refused to root.
    "the file belongs to someone else, and would become yours by being replaced",
    "ask its owner to make the change, or copy the file and work on the copy",
    "the lock file cannot be opened: it belongs to another user",
    "ask that user to delete it, or delete it yourself while no epn is running",
    "the file is read-only",
    "allow writing with: {command}",
    # A disk that cannot lock, or that cannot keep what a file has.
    "the disk of the file cannot lock files, so two changes at once could not be kept apart",
    "if nobody else writes to it now, go on without a lock: EPN_LOCK=off",
    "the file has an attribute that its replacement cannot have: {name}",
    "change it in a text editor, or remove the attribute with setfattr or setfacl",
    # A signal between the rename and the end.
    "{word}; the change is in the file",
    # What libyaml says only of texts that no one has found yet.
    "the YAML cannot be read here",
    "compare the line with the ones above it: dashes, spaces, colons and quotes",
    "the line does not belong to what stands above it",
    "align it with the others, or delete it",
    # Of Click: what epn gives no occasion for.
    "Missing command.",
    "Invalid value: {message}",
    "Missing parameter",
    "Argument {name!r} takes {nargs} values.",
}
