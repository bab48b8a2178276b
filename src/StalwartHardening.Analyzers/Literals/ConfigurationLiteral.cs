using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;
using StalwartHardening.Server;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Literals;

/// <summary>A Stalwart configuration that a program holds as text.</summary>
/// <param name="Whole">The literal, or the concatenation of several.</param>
/// <param name="Text">The text, and which characters of the source each part of it was written with.</param>
/// <param name="Document">The settings in it.</param>
internal sealed record TomlLiteral(ExpressionSyntax Whole, LiteralText Text, SettingsDocument Document)
{
    /// <summary>The whole text that <paramref name="literal"/> begins, if there may be settings in it. Most literals of a program end here, before anybody asks what they mean.</summary>
    public static ExpressionSyntax? Candidate(ExpressionSyntax literal) =>
        LiteralReader.WholeBegunBy(literal) is { } whole && TomlLiteralScreen.MayHoldSettings(whole) ? whole : null;

    /// <summary>Reads a candidate; null where it is none of Stalwart's.</summary>
    public static TomlLiteral? Read(ExpressionSyntax whole, SemanticModel model, HardeningOptions options, CancellationToken cancellation)
    {
        var text = LiteralReader.Read(whole, model, cancellation);
        var document = LiteralDocument.Read(text, options.Judgement.TargetVersion, cancellation);
        // What a text looks like costs less to find out than what the program says about it.
        var isStalwart = StalwartSignature.LooksLikeStalwart(document);
        if (!isStalwart && !TomlMarks.MayBeLoaded(whole))
            return null;
        var mark = TomlMarks.Of(whole, model, cancellation);
        return mark == TomlMark.Loader || (isStalwart && (mark == TomlMark.Toml || HoldsListener(document))) ? new TomlLiteral(whole, text, document) : null;
    }

    // A listener with its protocol and an address is a mail server's, whatever the program says about the text.
    private static bool HoldsListener(SettingsDocument document)
    {
        foreach (ref readonly var setting in document.StartingWith(Listener.Prefix))
        {
            if (setting.Key.EndsWith(Protocol, StringComparison.Ordinal)
                && (document.TryGet(setting.Key.Substring(0, setting.Key.Length - Protocol.Length) + ".bind", out _) || document.StartingWith(setting.Key.Substring(0, setting.Key.Length - Protocol.Length) + ".bind.").Count > 0))
                return true;
        }

        return false;
    }

    private const string Protocol = ".protocol";

    /// <summary>Whether a finding about a text is reported: what is wrong with an option is said once, with the files; a program may hold many texts.</summary>
    public static bool IsReported(Finding finding) => finding.Rule is not InvalidOption;
}
