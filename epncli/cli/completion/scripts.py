"""The completion scripts of the shells, which pass the command line to `epn` and its answer to the shell.

If `epn` is typed with its folder, as in `.venv/bin/epn`, the script runs that program; otherwise the one on
PATH.
"""

BASH = """\
_epn_completion() {
    local kind value help
    COMPREPLY=()
    while IFS=$'\\t' read -r kind value help; do
        case $kind in
            plain) COMPREPLY+=("$value") ;;
            open) COMPREPLY+=("$value"); compopt -o nospace 2> /dev/null ;;
            file) compopt -o default 2> /dev/null ;;
        esac
    done < <(
        export COLUMNS _EPN_COMPLETE=bash_complete
        export _EPN_LINE="${COMP_LINE:0:$COMP_POINT}" _EPN_WORD="$2" _EPN_TYPE="$COMP_TYPE"
        exec 2> /dev/null < /dev/null
        if [[ $1 == */* ]]; then "${1/#\\~\\//$HOME/}"; else epn; fi
    )
}
complete -o nosort -F _epn_completion epn 2> /dev/null || complete -F _epn_completion epn
"""
ZSH = """\
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
_epn_completion() {
    local kind value help line="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX" epn=${(Q)words[1]}
    local -a whole whole_shown part part_shown
    [[ $epn == */* ]] && epn=${epn/#\\~\\//$HOME/} || epn=epn
    while IFS=$'\\t' read -r kind value help; do
        case $kind in
            plain) whole+=("$value"); whole_shown+=("$help") ;;
            open) part+=("$value"); part_shown+=("$help") ;;
            list) [[ $compstate[insert] == *unambiguous ]] && compstate[insert]= ;;
            file) [[ $PREFIX == --*=* ]] && compset -P 1 '*='; _files; return ;;
        esac
    done < <(
        export COLUMNS _EPN_LINE=$line _EPN_COMPLETE=zsh_complete
        $epn 2> /dev/null < /dev/null
    )
    (( $#whole )) && compadd -U -l -V epn -d whole_shown -a whole
    (( $#part )) && compadd -U -l -V epn -S '' -d part_shown -a part
    (( $#whole + $#part ))
}
compdef _epn_completion epn
"""
FISH = """\
function _epn_completion
    set -lx _EPN_LINE (commandline -cp | string collect)
    set -lx _EPN_COMPLETE fish_complete
    set -l epn (commandline -opc)[1]
    string match -q '*/*' -- "$epn"; or set epn epn
    type -q "$epn"; or return
    for candidate in ($epn 2> /dev/null < /dev/null)
        set -l parts (string split \\t -- $candidate)
        if test "$parts[1]" = file
            set -l option (string match -r '^--[^=]*=' -- (commandline -ct))
            set -l typed (string replace -r '^--[^=]*=' '' -- (commandline -ct))
            for path in (complete --do-complete "'' $typed")  # as the argument of any command
                printf '%s\\n' "$option$path"
            end
        else
            printf '%s\\t%s\\n' $parts[2] "$parts[3]"
        end
    end
end
complete --command epn --erase
complete --command epn --no-files --keep-order --arguments '(_epn_completion)'
"""
POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName epn -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $start = $commandAst.Extent.StartOffset
    $line = $commandAst.Extent.StartScriptPosition.GetFullScript().Substring($start, $cursorPosition - $start)
    $epn = $commandAst.GetCommandName()
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $env:_EPN_LINE = $line
        $env:_EPN_COMPLETE = 'powershell_complete'
        $answer = @(& $epn 2> $null)
    } finally {
        [Console]::OutputEncoding = $encoding
        $env:_EPN_LINE = $null
        $env:_EPN_COMPLETE = $null
    }
    if ($answer.Count -eq 0) { return '' } # nothing, and no names of files either
    foreach ($candidate in $answer) {
        $kind, $value, $shown, $help = $candidate -split '\\t'
        if ($kind -ne 'file') {
            [System.Management.Automation.CompletionResult]::new($value, $shown, 'ParameterValue', $help)
        }
    }
}
"""
