using System.CommandLine;

namespace StalwartHardening.Tool.Commands;

/// <summary><c>completion</c>: writes what a shell has to read so that it completes commands, options, values and rules.</summary>
internal sealed class CompletionCommand(Terminal terminal)
{
    private readonly Argument<string> _shell = new("shell") { Description = "The shell: bash, zsh, fish or powershell." };

    public Command Build()
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "powershell");
        var command = new Command("completion", "Print a completion script for a shell. See docs/tool.md for where to put it.");
        command.Arguments.Add(_shell);
        command.SetAction(result =>
        {
            terminal.Output.Write(result.GetValue(_shell) switch
            {
                "zsh" => Zsh,
                "fish" => Fish,
                "powershell" => PowerShell,
                _ => Bash,
            });
            terminal.Output.Write('\n');
            return ExitCode.Success;
        });
        return command;
    }

    // Each asks the tool itself, which knows its own commands; where it has nothing to offer, the shell offers files.
    private const string Bash =
        """
        # stalwart-harden completion bash >> ~/.bashrc
        _stalwart_harden() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _stalwart_harden stalwart-harden
        """;

    private const string Zsh =
        """
        # stalwart-harden completion zsh >> ~/.zshrc
        _stalwart_harden() {
            local -a candidates
            candidates=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -- ${candidates:#} || _files
        }
        compdef _stalwart_harden stalwart-harden
        """;

    private const string Fish =
        """
        # stalwart-harden completion fish > ~/.config/fish/completions/stalwart-harden.fish
        function __stalwart_harden
            set -l line (commandline -cp)
            stalwart-harden "[suggest:"(string length -- $line)"]" $line 2>/dev/null
        end
        complete -c stalwart-harden -a "(__stalwart_harden)"
        """;

    private const string PowerShell =
        """
        # stalwart-harden completion powershell >> $PROFILE
        Register-ArgumentCompleter -Native -CommandName stalwart-harden -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            stalwart-harden "[suggest:$cursorPosition]" "$commandAst" 2>$null |
                Where-Object { $_ -like "$wordToComplete*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;
}
