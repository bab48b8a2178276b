using System.CommandLine;
using System.Text;
using StalwartHardening.Tool.Files;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Output;

namespace StalwartHardening.Tool.Commands;

/// <summary><c>init</c>: writes a hardened configuration to begin with.</summary>
internal sealed class InitCommand(Terminal terminal)
{
    private readonly Option<string> _hostname = new("--hostname") { Description = "The server's name: mail.example.org.", HelpName = "name", Required = true };
    private readonly Option<string> _protocols = new("--protocols") { Description = "What clients may speak: imap, pop3, sieve, http; separated by commas.", HelpName = "list", DefaultValueFactory = _ => "imap,http" };
    private readonly Option<string> _store = new("--store") { Description = "Where everything is kept.", DefaultValueFactory = _ => "rocksdb" };
    private readonly Option<string> _path = new("--path") { Description = "The directory of the data.", HelpName = "directory", DefaultValueFactory = _ => "/opt/stalwart/data" };
    private readonly Option<string?> _acmeContact = new("--acme-contact") { Description = "Have certificates issued by Let's Encrypt, with this address for its messages.", HelpName = "address" };
    private readonly Option<bool> _setUp = new("--first-set-up") { Description = "Add a fallback administrator, to create the first account with. Take it out again afterwards." };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The file to write; it must not exist yet.", HelpName = "file" };

    public Command Build()
    {
        _store.AcceptOnlyFromAmong("rocksdb", "sqlite");
        var command = new Command("init", "Write a hardened configuration to begin with.");
        foreach (var option in (Option[])[_hostname, _protocols, _store, _path, _acmeContact, _setUp, _output])
            command.Options.Add(option);
        command.SetAction(Execute);
        return command;
    }

    private int Execute(ParseResult result)
    {
        var start = new StartingConfiguration
        {
            Hostname = Plain("--hostname", result.GetValue(_hostname)!, IsHostname),
            Protocols = Protocols(result.GetValue(_protocols)!),
            Store = result.GetValue(_store)!,
            Path = Plain("--path", result.GetValue(_path)!, static path => path.AsSpan().IndexOfAny("\"\\'%") < 0 && path == Printable.Text(path)),
            AcmeContact = result.GetValue(_acmeContact) is { } contact ? Plain("--acme-contact", contact, static address => address.Contains('@', StringComparison.Ordinal) && address.AsSpan().IndexOfAny("\"\\' ") < 0 && address == Printable.Text(address)) : null,
            IsForSetUp = result.GetValue(_setUp),
        };
        if (result.GetValue(_output) is not { } path || path == "-")
        {
            terminal.Output.Write(start.Write());
            return ExitCode.Success;
        }

        if (Path.Exists(path))
            throw new UsageException($"'{path}' exists already and stays as it is.");
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(start.Write()));
        terminal.Say($"'{path}' written. Judge it with: stalwart-harden check {path}");
        return ExitCode.Success;
    }

    private static HashSet<string> Protocols(string list)
    {
        var protocols = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in list.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is not ("imap" or "pop3" or "sieve" or "http"))
                throw new UsageException($"--protocols: '{Printable.Text(word)}' is not possible; it can be imap, pop3, sieve and http.");
            protocols.Add(word);
        }

        return protocols;
    }

    private static bool IsHostname(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.'))
                return false;
        }

        return name.Length is > 0 and <= 253 && name[0] is not ('.' or '-');
    }

    private static string Plain(string option, string value, Func<string, bool> isPlain) =>
        isPlain(value) ? value : throw new UsageException($"{option}: '{Printable.Text(value)}' cannot be written into the configuration.");
}
