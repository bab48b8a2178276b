using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Generations;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Analyzers.AdditionalFiles;

/// <summary>One additional file, read in one dialect of the server.</summary>
internal sealed class ConfigurationText(SourceText text, SettingsDocument document)
{
    private const int Utf8CodePage = 65001;

    /// <summary>What was read.</summary>
    public SettingsDocument Document { get; } = document;

    /// <summary>Whether the settings are a mail server's.</summary>
    public bool LooksLikeStalwart { get; } = StalwartSignature.LooksLikeStalwart(document);

    /// <summary>Reads <paramref name="file"/>; null where the compiler cannot read it, which it reports itself.</summary>
    public static ConfigurationText? Read(AdditionalText file, ServerVersion version)
    {
        if (file.GetText() is not { } text)
            return null;
        var characters = text.ToString();
        var document = ServerTomlReader.Read(characters, version);
        return new ConfigurationText(text, EncodingProblem(text, characters) is { } problem ? With(problem, document) : document);
    }

    /// <summary>The place of <paramref name="span"/> in the file at <paramref name="path"/>.</summary>
    public Location Locate(string path, SourceSpan span)
    {
        var start = Math.Min(Math.Max(span.Start, 0), text.Length);
        var end = Math.Min(Math.Max(span.End, start), text.Length);
        var textSpan = TextSpan.FromBounds(start, end);
        return Location.Create(path, textSpan, text.Lines.GetLinePositionSpan(textSpan));
    }

    // The compiler takes byte-order marks away and replaces what is not UTF-8 before we see the text; the server does
    // neither. The encoding gives a hint, the checksum of the file's bytes says whether it is true.
    private static ReadProblem? EncodingProblem(SourceText text, string characters)
    {
        if (text.Encoding is not { } encoding)
            return null;
        if (encoding.CodePage != Utf8CodePage)
            return Problem("the file is not valid UTF-8 (it was read as '" + encoding.WebName + "'); the server reads nothing else.");

        var mayHaveMark = encoding.GetPreamble().Length > 0;
        var replacement = characters.IndexOf('\uFFFD');
        if ((!mayHaveMark && replacement < 0) || HasBytesOf(text, characters, withMark: false))
            return null;
        if (replacement >= 0 && !HasBytesOf(text, characters, withMark: true))
            return Problem("the file is not valid UTF-8; the server reads nothing else.", new SourceSpan(replacement, 1));
        return Problem("the file begins with a byte-order mark; the server takes it for the first character of a key. Save the file as UTF-8 without it.");
    }

    private static bool HasBytesOf(SourceText text, string characters, bool withMark) =>
        SourceText.From(characters, new UTF8Encoding(withMark), text.ChecksumAlgorithm).GetChecksum().SequenceEqual(text.GetChecksum());

    private static ReadProblem Problem(string message, SourceSpan place = default) => new(ReadProblemKind.Syntax, place, 1, message);

    private static SettingsDocument With(ReadProblem problem, SettingsDocument document) =>
        new(document.InTextOrder.ToArray(), document.Count, document.Version)
        {
            Text = document.Text,
            IsComplete = document.IsComplete,
            Problems = [problem, .. document.Problems],
            Remarks = document.Remarks,
            SuppressionComments = document.SuppressionComments,
        };
}
