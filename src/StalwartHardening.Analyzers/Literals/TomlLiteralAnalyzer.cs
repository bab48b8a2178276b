using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Literals;

/// <summary>Judges the Stalwart configurations that a program holds as text.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TomlLiteralAnalyzer : HardeningAnalyzer
{
    /// <inheritdoc/>
    private protected override void Register(AnalysisContext context) =>
        context.RegisterSyntaxNodeAction(
            Judge,
            SyntaxKind.StringLiteralExpression,
            SyntaxKind.Utf8StringLiteralExpression,
            SyntaxKind.InterpolatedStringExpression);

    private static void Judge(SyntaxNodeAnalysisContext context)
    {
        var literal = (ExpressionSyntax)context.Node;
        // Most literals of a program end here, before anybody asks what they mean.
        if (LiteralReader.WholeBegunBy(literal) is not { } whole || !MayHoldSettings(whole))
            return;

        var options = CompilerOptions.For(literal.SyntaxTree, context.Options.AnalyzerConfigOptionsProvider);
        var text = LiteralReader.Read(whole, context.SemanticModel, context.CancellationToken);
        var document = LiteralDocument.Read(text, options.Judgement.TargetVersion, context.CancellationToken);
        // What a text looks like costs less to find out than what the program says about it.
        var isStalwart = StalwartSignature.LooksLikeStalwart(document);
        if (!isStalwart && !TomlMarks.MayBeLoaded(whole))
            return;
        var mark = TomlMarks.Of(whole, context.SemanticModel, context.CancellationToken);
        if (mark == TomlMark.None || (mark == TomlMark.Toml && !isStalwart))
            return;

        Location Locate(SourceSpan span) => Location.Create(literal.SyntaxTree, text.Locate(span));
        foreach (var finding in ConfigurationJudge.Judge(document, options.Judgement, context.CancellationToken))
        {
            // What is wrong with an option is said once, with the files; a program may hold many texts.
            if (finding.Rule is not InvalidOption && FindingDiagnostic.Create(finding, options, Locate) is { } diagnostic)
                context.ReportDiagnostic(diagnostic);
        }
    }

    // Every setting of the server has a dot in its key, or a table around it. Read off the source, escapes and all: a doubt counts as yes.
    private static bool MayHoldSettings(ExpressionSyntax whole)
    {
        if (whole.Span.Length <= 8)
            return false;
        // Nearly all texts are one literal; the text of a token is there already, that of a node is put together each time.
        if (whole is LiteralExpressionSyntax single)
            return single.Token.Text is var text && text.IndexOf('=') >= 0 && new KeySearch().Finds(text);
        if (!LiteralReader.WrittenPartsOf(whole).Any(static part => part is not null && part.IndexOf('=') >= 0))
            return false;
        var search = new KeySearch();
        foreach (var part in LiteralReader.WrittenPartsOf(whole))
        {
            if (part is null)
                search.PassUnknown();
            else if (search.Finds(part))
                return true;
        }

        return false;
    }

    // Looks for a key with a dot, or the beginning of a table.
    private struct KeySearch()
    {
        private bool _isInKey = true;
        private bool _hasDot;

        public bool Finds(string written)
        {
            for (var i = 0; i < written.Length; i++)
            {
                switch (written[i])
                {
                    case '[' or '{':
                    case '\\' when i + 1 < written.Length && written[i + 1] is 'u' or 'U' or 'x':
                    case '=' when _isInKey && _hasDot:
                        return true;
                    case '=':
                        _isInKey = false;
                        break;
                    case '.':
                        _hasDot = true;
                        break;
                    case '\n' or '\r':
                    case '\\' when i + 1 < written.Length && written[i + 1] is 'n' or 'r':
                        _isInKey = true;
                        _hasDot = false;
                        break;
                }
            }

            return false;
        }

        // It may be the key, or end the line of the value it is in.
        public void PassUnknown()
        {
            _hasDot = _isInKey;
            _isInKey = true;
        }
    }
}
