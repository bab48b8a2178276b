using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Analyzers.AdditionalFiles;

/// <summary>
/// One additional file: a configuration in TOML, a plan, or somebody else's file. The compiler keeps what was made of a text, so that a
/// text is taken once and read once in each dialect, however many analyzers, options or projects ask.
/// </summary>
internal sealed class ConfigurationFile
{
    private const int Utf8CodePage = 65001;

    private readonly PlanText? _plan;
    private readonly Lazy<ReadProblem?> _problem;
    private readonly Lazy<SettingsDocument>[] _toml;

    private ConfigurationFile(SourceText text, PlanText? plan)
    {
        Text = text;
        _plan = plan;
        _problem = new Lazy<ReadProblem?>(() => EncodingProblem(text, plan?.Text ?? text.ToString(), plan is not null));
        _toml = [.. TomlDialects.Newest.Select(version => new Lazy<SettingsDocument>(() => new TomlFileSyntax(version).Read(text.ToString())))];
    }

    /// <summary>Reads a file; null where the compiler cannot, which it reports itself.</summary>
    public static AdditionalTextValueProvider<ConfigurationFile?> Provider { get; } = new(Read);

    /// <summary>The text.</summary>
    public SourceText Text { get; }

    /// <summary>Whether the content says that it is a plan, a snapshot or a data store.</summary>
    public bool IsPlan => _plan is not null;

    /// <summary>What is wrong with the bytes of the file; null where nothing is.</summary>
    public ReadProblem? EncodingMistake => _problem.Value;

    /// <summary>The server that the file configures; null where the file is somebody else's.</summary>
    /// <param name="target">The server it is for.</param>
    /// <param name="isNamed">Whether the project says that it is a mail server's, whatever it looks like.</param>
    /// <param name="isToml">Whether it is TOML where its content does not say that it is a plan.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public ServerConfiguration? Server(ReadingTarget target, bool isNamed, bool isToml, CancellationToken cancellationToken)
    {
        if (_plan is not null)
            return WithProblem(ConfigurationReader.Read(_plan, target, cancellationToken));
        // JSON that ought to be a plan and is none: what is wrong with it is said in words about JSON.
        if (!isToml)
            return isNamed ? WithProblem(ConfigurationReader.Read(PlanText.Read(Text.ToString(), 0, cancellationToken), target, cancellationToken)) : null;
        var document = _toml[(int)TomlDialects.Of(ConfigurationReader.TomlVersion(target.Version))].Value;
        return isNamed || StalwartSignature.LooksLikeStalwart(document) ? WithProblem(ConfigurationReader.Read(document, target)) : null;
    }

    /// <summary>The place of <paramref name="span"/> in the file at <paramref name="path"/>.</summary>
    public Location Locate(string path, SourceSpan span)
    {
        var start = Math.Min(Math.Max(span.Start, 0), Text.Length);
        var end = Math.Min(Math.Max(span.End, start), Text.Length);
        var textSpan = TextSpan.FromBounds(start, end);
        return Location.Create(path, textSpan, Text.Lines.GetLinePositionSpan(textSpan));
    }

    private static ConfigurationFile? Read(AdditionalText file)
    {
        if (file.GetText() is not { } text)
            return null;
        // Most JSON is somebody else's, and some of it is large: it is let go before it becomes one string.
        return new ConfigurationFile(text, PlanScreen.MayBePlan(text) ? ConfigurationReader.PlanIn(text.ToString()) : null);
    }

    private ServerConfiguration WithProblem(ServerConfiguration server) =>
        _problem.Value is { } problem ? Generation.ReadServer(server.Document.WithProblem(problem), server.Version) : server;

    // The compiler takes byte-order marks away and replaces what is not UTF-8 before we see the text; servers and their tools do
    // neither. The encoding gives a hint, the checksum of the file's bytes says whether it is true.
    private static ReadProblem? EncodingProblem(SourceText text, string characters, bool isPlan)
    {
        if (text.Encoding is not { } encoding)
            return null;
        if (encoding.CodePage != Utf8CodePage)
            return ReadProblem.NotUtf8(encoding: encoding.WebName);

        var mayHaveMark = encoding.GetPreamble().Length > 0;
        var replacement = characters.IndexOf('\uFFFD');
        if ((!mayHaveMark && replacement < 0) || HasBytesOf(text, characters, withMark: false))
            return null;
        if (replacement >= 0 && !HasBytesOf(text, characters, withMark: true))
            return ReadProblem.NotUtf8(new SourceSpan(replacement, 1));
        return new ReadProblem(ReadProblemKind.Syntax, default, 1, isPlan
            ? "the file begins with a byte-order mark, which is not valid JSON. Save the file as UTF-8 without it."
            : "the file begins with a byte-order mark; the server takes it for the first character of a key. Save the file as UTF-8 without it.");
    }

    private static bool HasBytesOf(SourceText text, string characters, bool withMark) =>
        SourceText.From(characters, new UTF8Encoding(withMark), text.ChecksumAlgorithm).GetChecksum().SequenceEqual(text.GetChecksum());
}
