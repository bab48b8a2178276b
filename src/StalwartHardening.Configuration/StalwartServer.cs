using System.Diagnostics.CodeAnalysis;
using System.Text;
using StalwartHardening.Configuration.Annotations;
using StalwartHardening.Rules;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Configuration;

/// <summary>The configuration of a mail server, checked and ready to be written.</summary>
public sealed class StalwartServer
{
    private readonly string _toml;
    private readonly SettingsDocument _document;
    private readonly Func<Finding, (string? Call, SourceLine? Place)> _locate;

    internal StalwartServer(
        IReadOnlyDictionary<string, string> settings, IReadOnlyList<PrincipalJson> principals, string toml, SettingsDocument document, Func<Finding, (string? Call, SourceLine? Place)> locate)
    {
        Settings = settings;
        Principals = principals;
        _toml = toml;
        _document = document;
        _locate = locate;
    }

    /// <summary>The settings, by their full keys, as the server will read them.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>The accounts and roles of the internal directory, which TOML cannot carry: one request to the management API each.</summary>
    public IReadOnlyList<PrincipalJson> Principals { get; }

    /// <summary>Begins a server (<c>server.hostname</c>).</summary>
    /// <param name="hostname">The name it introduces itself with.</param>
    [CreatesServer]
    [Setting("server.hostname", Value = "{hostname}")]
    public static StalwartServerBuilder CreateBuilder(string hostname) =>
        new StalwartServerBuilder(new SettingsSheet()).Write("server.hostname", hostname, nameof(CreateBuilder));

    /// <summary>Reads a configuration as the server does.</summary>
    /// <param name="toml">The text of a configuration file.</param>
    /// <exception cref="FormatException">The server would refuse to start on it.</exception>
    public static StalwartServer ParseToml([StringSyntax("toml")] string toml)
    {
        var document = ServerTomlReader.Read(toml, ServerVersion.Newest);
        if (document.Problems.Count > 0)
            throw new FormatException($"Line {document.Problems[0].Line}: {document.Problems[0].Message}");
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ref readonly var setting in document.InTextOrder)
            settings[setting.Key] = setting.Value;
        return new StalwartServer(settings, [], toml, document, finding => (null, new SourceLine(null, TextLines.NumberOf(toml, finding.Span.Start))));
    }

    /// <summary>
    /// What is wrong with the server as it was really built, accounts and roles included: the truth where the analyzer cannot follow a
    /// program. Each finding names the call that wrote the setting, with its file and line where the program has debugging symbols.
    /// </summary>
    /// <param name="options">How to judge; null for the newest server version, no port allowed, warnings only.</param>
    public ServerFindings Judge(JudgementOptions? options = null)
    {
        options ??= new JudgementOptions();
        return JudgeFrom(options, options.MinimumSeverity);
    }

    internal ServerFindings JudgeFrom(JudgementOptions options, Severity severity) => ServerJudge.Judge(_document, options, severity, _locate);

    /// <summary>The configuration file's text.</summary>
    public string ToToml() => _toml;

    /// <summary>Writes the configuration file.</summary>
    /// <param name="path">Where to.</param>
    public void WriteToml(string path) => File.WriteAllText(path, _toml, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
