using System.CommandLine;
using System.Text;
using StalwartHardening.OptionFiles;
using StalwartHardening.Tool.Files;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Output;

namespace StalwartHardening.Tool.Commands;

/// <summary><c>init</c>: writes a hardened configuration to begin with.</summary>
internal sealed class InitCommand(Terminal terminal)
{
    private readonly Option<string> _hostname = new("--hostname") { Description = "The server's name: mail.example.org.", HelpName = "name", Required = true };
    private readonly Option<bool> _plan = new("--plan") { Description = "Write a plan for 'stalwart-cli apply' (servers from 0.16 on) instead of TOML. It closes the default listeners that are not wanted." };
    private readonly Option<string> _protocols = new("--protocols") { Description = "Client protocols to enable: imap, pop3, sieve, http; comma-separated.", HelpName = "list", DefaultValueFactory = _ => "imap,http" };
    private readonly Option<string> _store = new("--store") { Description = "The data store.", DefaultValueFactory = _ => "rocksdb" };
    private readonly Option<string> _path = new("--path") { Description = "The data directory.", HelpName = "directory", DefaultValueFactory = _ => "/opt/stalwart/data" };
    private readonly Option<string?> _acmeContact = new("--acme-contact") { Description = "Obtain certificates from Let's Encrypt, with this contact address.", HelpName = "address" };
    private readonly Option<bool> _setUp = new("--first-set-up") { Description = "Add a fallback administrator for creating the first account. Remove it afterwards." };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The file to write; it must not exist yet.", HelpName = "file" };

    public Command Build()
    {
        _store.AcceptOnlyFromAmong("rocksdb", "sqlite");
        var command = new Command("init", "Write a hardened starting configuration.");
        foreach (var option in (Option[])[_hostname, _plan, _protocols, _store, _path, _acmeContact, _setUp, _output])
            command.Options.Add(option);
        command.SetAction(Execute);
        return command;
    }

    private int Execute(ParseResult result)
    {
        var hostname = Plain("--hostname", result.GetValue(_hostname)!, IsHostname);
        var protocols = Protocols(result.GetValue(_protocols)!);
        var contact = result.GetValue(_acmeContact) is { } address ? Plain("--acme-contact", address, IsAddress) : null;
        if (result.GetValue(_plan))
        {
            RefuseWithPlan(result, _store, "a 0.16 server's data store is set in its config.json");
            RefuseWithPlan(result, _path, "a 0.16 server's data store is set in its config.json");
            RefuseWithPlan(result, _setUp, "the first administrator of a server of 0.16 comes from the environment variable STALWART_RECOVERY_ADMIN, for the setup only");
            return Write(result, new StartingPlan { Hostname = hostname, Protocols = protocols, AcmeContact = contact }.Write(), protocols);
        }

        var start = new StartingConfiguration
        {
            Hostname = hostname,
            Protocols = protocols,
            Store = result.GetValue(_store)!,
            Path = Plain("--path", result.GetValue(_path)!, static path => path.AsSpan().IndexOfAny("\"\\'%") < 0 && path == Printable.Text(path)),
            AcmeContact = contact,
            IsForSetUp = result.GetValue(_setUp),
        };
        return Write(result, start.Write(), []);
    }

    private int Write(ParseResult result, string text, HashSet<string> unexplained)
    {
        if (result.GetValue(_output) is { } path && path != "-")
        {
            if (Path.Exists(path))
                throw new UsageException($"'{path}' already exists and was not changed.");
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(text));
            terminal.Say($"'{path}' written. Check it with: stalwart-harden check {path}");
        }
        else
        {
            terminal.Output.Write(text);
        }

        // A plan has no comments that could say that a door is wanted.
        string[] ports = [.. new[] { ("pop3", "995"), ("sieve", "4190") }.Where(port => unexplained.Contains(port.Item1)).Select(port => port.Item2)];
        if (ports.Length > 0)
            terminal.Say($"SWH1008 advises against a service you asked for; to allow it, put 'allowed_ports = [{string.Join(", ", ports)}]' into {OptionFile.FileName}.");
        return ExitCode.Success;
    }

    private static void RefuseWithPlan(ParseResult result, Option option, string reason)
    {
        if (result.GetResult(option) is { Implicit: false })
            throw new UsageException($"{option.Name} cannot be combined with --plan: {reason}.");
    }

    private static bool IsAddress(string address) => address.Contains('@', StringComparison.Ordinal) && address.AsSpan().IndexOfAny("\"\\' ") < 0 && address == Printable.Text(address);

    private static HashSet<string> Protocols(string list)
    {
        var protocols = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in list.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is not ("imap" or "pop3" or "sieve" or "http"))
                throw new UsageException($"--protocols: invalid value '{Printable.Text(word)}'; expected imap, pop3, sieve and http.");
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
