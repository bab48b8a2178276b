using System.Diagnostics.CodeAnalysis;
using System.Text;
using StalwartHardening.Configuration.Annotations;
using StalwartHardening.Generations;
using StalwartHardening.Migration;
using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Configuration;

/// <summary>The configuration of a mail server, checked and ready to be written.</summary>
public sealed partial class StalwartServer
{
    private readonly string _toml;
    private readonly SettingsDocument _document;
    private readonly Func<string, SourceSpan, (string? Call, SourceLine? Place)> _locate;

    internal StalwartServer(
        IReadOnlyDictionary<string, string> settings, IReadOnlyList<PrincipalJson> principals, string toml, SettingsDocument document, Func<string, SourceSpan, (string? Call, SourceLine? Place)> locate)
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
    public static partial StalwartServerBuilder CreateBuilder(string hostname);

    /// <summary>Begins a server whose host name is elsewhere: in its database, or it is that of the machine.</summary>
    [CreatesServer]
    public static StalwartServerBuilder CreateBuilder() => new(new SettingsSheet());

    /// <summary>Reads a configuration as the server does.</summary>
    /// <param name="toml">The text of a configuration file.</param>
    /// <exception cref="FormatException">The server would refuse to start on it.</exception>
    public static StalwartServer ParseToml([StringSyntax("toml")] string toml) => Parse(toml, null);

    /// <summary>Reads a configuration file as the server does; findings name it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">The server would refuse to start on it.</exception>
    public static StalwartServer ReadToml(string path) => Parse(File.ReadAllText(path), path);

    private static StalwartServer Parse(string toml, string? path)
    {
        var document = new TomlFileSyntax(ServerVersion.Newest).Read(toml);
        if (document.Problems.Count > 0)
            throw new FormatException($"{path}{(path is null ? "Line " : " line ")}{document.Problems[0].Line}: {document.Problems[0].Message}");
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ref readonly var setting in document.InTextOrder)
            settings[setting.Key] = setting.Value;
        return new StalwartServer(settings, [], toml, document, (_, span) => (null, new SourceLine(path, TextLines.NumberOf(toml, span.Start))));
    }

    /// <summary>
    /// Begins a server that has the settings of this one, to be changed and written again. Comments are lost; to change single settings
    /// of a file that people look after, use <c>stalwart-harden fix</c>. Access rules are the expression they have become.
    /// </summary>
    public StalwartServerBuilder ToBuilder()
    {
        var sheet = new SettingsSheet();
        sheet.Overlay(_document, CallSite.Record(nameof(ToBuilder)));
        return new StalwartServerBuilder(sheet);
    }

    internal SettingsDocument Document => _document;

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

    // For the server that the options name; where they name none, for that of the program.
    internal ServerFindings JudgeFrom(JudgementOptions options, Severity severity)
    {
        var (toml, plan) = ServerPlan.GenerationsOf(_document);
        if (options.TargetVersion is { } version)
            return version >= s_firstWithPlans ? JudgePlan(options, severity) : JudgeToml(options, severity);
        return !plan ? JudgeToml(options, severity) : !toml ? JudgePlan(options, severity) : JudgeToml(options, severity).With(JudgePlan(options, severity));
    }

    private static readonly Version s_firstWithPlans = new(0, 16);

    private ServerFindings JudgeToml(JudgementOptions options, Severity severity) => ServerJudge.Judge(_document, options, options.ToRules(SettingsGeneration.Instance), severity, Locate);

    internal IEnumerable<(ServerFinding Finding, Severity Severity)> JudgeWith(HardeningOptions options) => ServerPlan.GenerationsOf(_document) switch
    {
        (true, false) => ServerJudge.Judge(_document, options, Locate),
        (false, _) => JudgePlanWith(options),
        _ => ServerJudge.Judge(_document, options, Locate).Concat(JudgePlanWith(options)),
    };

    private (string? Call, SourceLine? Place) Locate(Finding finding) => _locate(finding.SettingKey, finding.Span);

    /// <summary>The configuration file's text.</summary>
    public string ToToml()
    {
        RequireToml();
        BuildReport.Current?.Add(JudgeWith, null);
        return _toml;
    }

    /// <summary>Writes the configuration file, whole or not at all: readers see the old file until the new one is complete.</summary>
    /// <param name="path">Where to.</param>
    public void WriteToml(string path)
    {
        RequireToml();
        BuildReport.Current?.Add(JudgeWith, path);
        AtomicFile.Write(path, Encode());
    }

    /// <summary>Writes the configuration file, whole or not at all, with permissions of its own from the first moment on.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="mode">Who may read and write it, on Unix: <see cref="ConfigurationFileMode.Owner"/> for a file with secrets. Windows ignores it.</param>
    public void WriteToml(string path, ConfigurationFileMode mode)
    {
        RequireToml();
        BuildReport.Current?.Add(JudgeWith, path);
        AtomicFile.Write(path, Encode(), mode);
    }

    /// <summary>Writes the configuration to a stream, as UTF-8 without a byte order mark; the stream stays open.</summary>
    /// <param name="stream">Where to.</param>
    public void WriteToml(Stream stream)
    {
        if (stream is null)
            throw new ArgumentNullException(nameof(stream));
        RequireToml();
        BuildReport.Current?.Add(JudgeWith, null);
        var bytes = Encode();
        stream.Write(bytes, 0, bytes.Length);
    }

    /// <summary>Writes the configuration as text; the writer stays open. Write UTF-8: the server reads nothing else.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteToml(TextWriter writer)
    {
        if (writer is null)
            throw new ArgumentNullException(nameof(writer));
        RequireToml();
        BuildReport.Current?.Add(JudgeWith, null);
        writer.Write(_toml);
    }

    /// <summary>Writes the configuration file, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="cancellationToken">Gives up; the old file stays as it is.</param>
    public Task WriteTomlAsync(string path, CancellationToken cancellationToken = default) => WriteTomlAsync(path, ConfigurationFileMode.Default, cancellationToken);

    /// <summary>Writes the configuration file, whole or not at all, with permissions of its own from the first moment on.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="mode">Who may read and write it, on Unix; Windows ignores it.</param>
    /// <param name="cancellationToken">Gives up; the old file stays as it is.</param>
    public Task WriteTomlAsync(string path, ConfigurationFileMode mode, CancellationToken cancellationToken = default)
    {
        RequireToml();
        BuildReport.Current?.Add(JudgeWith, path);
        return AtomicFile.WriteAsync(path, Encode(), mode, cancellationToken);
    }

    /// <summary>Writes the configuration to a stream, as UTF-8 without a byte order mark; the stream stays open.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="cancellationToken">Gives up, with what has been written so far.</param>
    public Task WriteTomlAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        if (stream is null)
            throw new ArgumentNullException(nameof(stream));
        RequireToml();
        BuildReport.Current?.Add(JudgeWith, null);
        var bytes = Encode();
        return stream.WriteAsync(bytes, 0, bytes.Length, cancellationToken);
    }

    private void RequireToml()
    {
        if (!ServerPlan.GenerationsOf(_document).Toml)
            throw new InvalidOperationException("The server was begun for 0.16 and later, which read no TOML: write a plan (WritePlan), or begin it for both generations.");
    }

    private byte[] Encode() => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(_toml);
}
