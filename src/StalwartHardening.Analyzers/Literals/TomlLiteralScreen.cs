using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StalwartHardening.Analyzers.Literals;

/// <summary>Passes over the literals that hold no setting, without reading them.</summary>
internal static class TomlLiteralScreen
{
    /// <summary>Whether there may be settings in the text of <paramref name="whole"/>.</summary>
    // Every setting of the server has a dot in its key, or a table around it. Read off the source, escapes and all: a doubt counts as yes.
    public static bool MayHoldSettings(ExpressionSyntax whole)
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
