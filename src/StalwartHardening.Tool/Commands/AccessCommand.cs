using System.CommandLine;
using System.Globalization;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;
using StalwartHardening.Tool.Options;
using StalwartHardening.Tool.Output;

namespace StalwartHardening.Tool.Commands;

/// <summary><c>access</c>: what access control does with a request, and why.</summary>
internal sealed class AccessCommand(Terminal terminal)
{
    private readonly Argument<string[]> _file = ConfigurationArgument.Create();
    private readonly Option<string?> _path = new("--path") { Description = "The requested path: /api/principal.", HelpName = "path" };
    private readonly Option<string?> _url = new("--url") { Description = "The request target as sent, if it is more than a path: /jmap?x=1, https://mail.example.org/api.", HelpName = "target" };
    private readonly Option<string> _method = new("--method") { Description = "The HTTP method.", HelpName = "method", DefaultValueFactory = _ => "GET" };
    private readonly Option<string?> _listener = new("--listener") { Description = "The listener that takes the connection [default: the first HTTP listener others can reach].", HelpName = "id" };
    private readonly Option<string> _remoteIp = new("--remote-ip") { Description = "The client's address.", HelpName = "address", DefaultValueFactory = _ => "203.0.113.7" };
    private readonly Option<string[]> _header = new("--header") { Description = "A header: 'Name: value'. Can be repeated.", HelpName = "header" };
    private readonly Option<string?> _expect = new("--expect") { Description = "Exit with code 1 unless this is the outcome: allowed, refused, or a status.", HelpName = "outcome" };
    private readonly Option<string?> _batch = new("--batch") { Description = "Answer every line of this file (- for standard input): JSON with \"if_block\" or \"expression\", and \"ctx\". See docs/tool.md.", HelpName = "file" };
    private readonly SharedOptions _shared = new();

    public Command Build()
    {
        _file.Arity = ArgumentArity.ZeroOrMore;
        var command = new Command("access", "Evaluate HTTP access control for a request, rule by rule.");
        command.Arguments.Add(_file);
        foreach (var option in (Option[])[_path, _url, _method, _listener, _remoteIp, _header, _expect, _batch])
            command.Options.Add(option);
        _shared.AddTo(command);
        command.SetAction(Execute);
        return command;
    }

    private int Execute(ParseResult result)
    {
        if (result.GetValue(_batch) is { } batch)
            return Answer(batch);
        if (result.GetValue(_file) is not { Length: > 0 } names)
            throw new UsageException("access needs a configuration, or --batch.");
        var target = result.GetValue(_url) ?? result.GetValue(_path) ?? throw new UsageException("access needs --path or --url.");
        var resolver = new OptionResolver(_shared.Read(result));
        if (SingleFile.Read(names, terminal) is not var (file, text))
            return ExitCode.Unreadable;

        var options = resolver.For(file.FullPath, file.IsRun).Hardening.Judgement;
        var server = ConfigurationReader.Read(text, options.Target);
        var request = Request(result, server, target);
        var verdict = server.HttpAccess.Decide(request);
        new AccessReport(server, new RunPlaces(file, text), new Style(terminal.UsesColour("auto"))).Write(terminal.Output, request, verdict);
        return IsAsExpected(result.GetValue(_expect), verdict) ? ExitCode.Success : ExitCode.Findings;
    }

    private HttpRequest Request(ParseResult result, ServerConfiguration server, string target)
    {
        if (target.Length == 0 || target.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0)
            throw new UsageException($"'{Printable.Text(target)}' is not a request target.");
        if (!System.Net.IPAddress.TryParse(result.GetValue(_remoteIp), out var remote))
            throw new UsageException($"--remote-ip: '{Printable.Text(result.GetValue(_remoteIp) ?? "")}' is not an IP address.");
        var request = new HttpRequest
        {
            Target = target,
            Method = result.GetValue(_method) ?? "GET",
            RemoteIp = remote.ToString(),
            Headers = result.GetValue(_header) ?? [],
        };

        var name = result.GetValue(_listener);
        var candidates = server.Listeners.Where(listener => listener.Protocol == MailProtocol.Http).ToList();
        var chosen = name is null
            ? candidates.Find(listener => listener.IsReachableFromElsewhere) ?? candidates.FirstOrDefault()
            : candidates.Find(listener => listener.Id == name);
        if (chosen is null)
        {
            // A piece of a configuration has no listeners; then the name is all there is to know.
            if (candidates.Count > 0)
                throw new UsageException($"--listener: there is no HTTP listener '{Printable.Text(name ?? "")}'; there is {string.Join(", ", candidates.Select(listener => $"'{Printable.Text(listener.Id)}'"))}.");
            return name is null ? request : request with { Listener = name };
        }

        var address = chosen.BindAddresses.FirstOrDefault(address => address.State != BindAddressState.Invalid);
        return request with
        {
            Listener = chosen.Id,
            IsTls = chosen.UsesImplicitTls != false,
            LocalIp = address is not null && SocketAddressText.EndOfHost(address.Text) > 0 ? SocketAddressText.Host(address.Text) : request.LocalIp,
            LocalPort = address?.Port ?? request.LocalPort,
        };
    }

    private static bool IsAsExpected(string? expected, HttpVerdict verdict) => expected switch
    {
        null => true,
        "allowed" => verdict.Decision == HttpDecision.LetThrough,
        "refused" => verdict.Decision == HttpDecision.Refused,
        _ when int.TryParse(expected, NumberStyles.None, CultureInfo.InvariantCulture, out var status) => verdict.Decision != HttpDecision.Unknown && verdict.Status == status,
        _ => throw new UsageException($"--expect: invalid value '{Printable.Text(expected)}'; expected allowed, refused or a status."),
    };

    private int Answer(string batch)
    {
        if (SingleFile.Read(batch, terminal) is not var (file, text))
            return ExitCode.Unreadable;
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsWhiteSpace())
                continue;
            if (AccessBatch.Answer(line.ToString()) is not { } answer)
            {
                terminal.Output.Flush();
                return Unreadable(new InputProblem(file.Path, string.Create(CultureInfo.InvariantCulture, $"line {number} is not a JSON object with \"if_block\" or \"expression\", and \"ctx\"")));
            }

            terminal.Output.Write(answer);
            terminal.Output.Write('\n');
        }

        return ExitCode.Success;
    }

    private int Unreadable(InputProblem problem)
    {
        terminal.Say(problem + ".");
        return ExitCode.Unreadable;
    }
}
