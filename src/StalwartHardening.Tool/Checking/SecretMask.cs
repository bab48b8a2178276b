using System.Buffers;
using StalwartHardening.Generations;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tool.Checking;

/// <summary>
/// The parts of a configuration's text that nobody may see: values of settings that hold secrets; in a comment, whatever follows a
/// name that promises one; and where the text is too broken to be read, everything that may belong to one.
/// </summary>
internal sealed class SecretMask
{
    private static readonly string[] Stems = ["secret", "passw", "passphrase", "token", "credential", "key", "authorization", "bearer", "cookie", "://"];

    private static readonly SearchValues<char> BlanksAndQuotes = SearchValues.Create(" \t\r\n\"'");
    private static readonly SearchValues<char> Punctuation = SearchValues.Create(" \t\r\n\"':,]}=");

    private readonly string _text;
    private readonly bool _isBroken;
    private readonly TextRanges _hidden = new();

    // What was asked last: questions come in text order, and a line can be as long as the file.
    private (int Start, int To) _line;
    private (int From, int End) _rest = (0, -1);
    private (int Line, int To, bool HasSign) _comment = (-1, 0, false);
    private (int NextLine, string Name) _table = (0, "");

    public SecretMask(SettingsDocument document, string text)
    {
        _text = text;
        _isBroken = document.Problems.Count > 0;
        var values = new List<int>(document.Count);
        if (Generation.For(document.Version) is PlanGeneration)
        {
            foreach (var span in PlanInspection.FindSecrets(document))
                _hidden.Add(span.Start, span.End);
            _hidden.Complete();
            return;
        }

        foreach (ref readonly var setting in document.InTextOrder)
        {
            values.Add(setting.ValueSpan.Start);
            // In a broken file the table that makes it oauth.key may be what is broken.
            if (SecretKeys.Mask(setting.Key, setting.Value) != setting.Value || (_isBroken && (SettingPath.LastPart(setting.Key).EndsWith("key", StringComparison.OrdinalIgnoreCase) || SecretKeys.IsSecret(setting.Key))))
                HideValue(setting.ValueSpan);
            else if (SecretKeys.IsSecret(setting.Key))
                HideAfter(setting.ValueSpan.End);
            HideInName(setting.KeySpan);
        }

        values.Sort();
        HideUnread(values);
        if (_isBroken)
            HideBroken(document);
        _hidden.Complete();
    }

    /// <param name="text">A text that is no configuration.</param>
    /// <param name="hidden">What of it nobody may see.</param>
    public SecretMask(string text, IEnumerable<SourceSpan> hidden)
    {
        _text = text;
        foreach (var span in hidden)
            _hidden.Add(span.Start, span.End);
        _hidden.Complete();
    }

    /// <summary>What of <paramref name="text"/> nobody may see, whichever generation it is of.</summary>
    public static SecretMask Create(string text, ServerVersion version) => new(ConfigurationReader.ReadDocument(text, new ReadingTarget(version)), text);

    /// <summary>Whether there is anything to hide.</summary>
    public bool IsEmpty => _hidden.IsEmpty;

    /// <summary>The end of the hidden stretch that <paramref name="offset"/> lies in; -1 where it may be seen.</summary>
    public int HiddenUntil(int offset) => _hidden.EndAt(offset);

    /// <summary>Whether any of it may not be seen.</summary>
    public bool Hides(SourceSpan span) => _hidden.Touches(span.Start, span.End);

    /// <summary>
    /// <paramref name="message"/> without the secrets it quotes. Only what is in quotes, and either comes from a hidden part of the lines
    /// it is about or names a secret itself; sentences of ours are never touched, whatever words the secrets are.
    /// </summary>
    /// <param name="message">A message about this text.</param>
    /// <param name="about">What it is about.</param>
    public string InMessage(string message, SourceSpan about)
    {
        var start = LineStart(Math.Min(about.Start, _text.Length));
        var end = EndOfLine(Math.Clamp(about.End, start, _text.Length));
        return QuotedText.Mask(message, quoted => IsHidden(quoted, start, end), SecretKeys.Placeholder, SecretText.Mask);
    }

    /// <summary>The flat key of a setting as it may be shown.</summary>
    public string NameOf(in Setting setting) =>
        _hidden.Touches(setting.KeySpan.Start, setting.KeySpan.End) ? SecretKeys.Placeholder : SecretText.Mask(setting.Key);

    // What is quoted is shortened; one character alone says nothing, and may be our own '='.
    private bool IsHidden(string quoted, int start, int end)
    {
        var wanted = quoted.TrimEnd('…');
        if (IsEmpty || wanted.Length < 2)
            return false;
        // Only around what is hidden: a line can be as long as the file.
        foreach (var (from, to) in _hidden.Within(start, end))
        {
            var first = Math.Max(start, from - wanted.Length + 1);
            var last = Math.Min(end, to + wanted.Length - 1);
            if (_text.IndexOf(wanted, first, last - first, StringComparison.Ordinal) >= 0)
                return true;
        }

        return false;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '-' or '_';

    private void HideValue(SourceSpan span)
    {
        var start = span.Start;
        var end = Math.Min(span.End, _text.Length);
        var isBare = start < end && _text[start] is not ('"' or '\'');

        // The quotes stay: they show that there is something.
        while (start < end - 1 && (_text[start] is '"' or '\'') && _text[end - 1] == _text[start])
        {
            start++;
            end--;
        }

        _hidden.Add(start, end);
        if (isBare)
            HideAttachedComment(end);
        HideRest(span.End);
    }

    // A reference in the place of a secret hides nothing of what its owner may have meant by the rest.
    private void HideAfter(int end)
    {
        HideAttachedComment(end);
        HideRest(end);
    }

    // secret = abc#rest: the server ends the value there, its owner perhaps not; nor does it help to replace the value alone.
    private void HideAttachedComment(int end)
    {
        if (end < _text.Length && _text[end] == '#')
            _hidden.Add(end, EndOfLine(end));
    }

    // { key "abc" }: without its sign the secret is a part of the name.
    private void HideInName(SourceSpan name)
    {
        var end = Math.Min(name.End, _text.Length);
        if (name.Length < 3 || _text[end - 1] is not ('"' or '\''))
            return;
        var quote = _text.AsSpan(name.Start, end - name.Start).IndexOfAny('"', '\'') + name.Start;
        if (quote > name.Start && _text[quote - 1] != '.' && AfterStem(name.Start, quote) >= 0)
            _hidden.Add(quote, end);
    }

    // In a broken file what follows may be the rest of a secret with a quote in it.
    private void HideRest(int start)
    {
        if (!_isBroken || start >= _text.Length)
            return;
        while (start < _text.Length && (_text[start] is ' ' or '\t' or ',' or ']' or '}'))
            start++;
        var end = EndOfUnread(Math.Min(start, _text.Length));
        if (start < end && _text[start] != '#')
            _hidden.Add(start, end);
    }

    private void HideUnread(List<int> values)
    {
        var comment = -1;
        for (var sign = NextSign(0); sign >= 0; sign = NextSign(sign + 1))
        {
            var value = sign + 1;
            while (value < _text.Length && (_text[value] is ' ' or '\t'))
                value++;
            if (value >= _text.Length || !IsSecretName(sign))
                continue;
            var next = values.BinarySearch(value);
            if (next >= 0)
                continue;
            // A list or table that was read holds values of its own.
            next = ~next;
            if (comment < value)
                comment = _text.IndexOf('#', value) is var at and >= 0 ? at : _text.Length;
            if (_text[value] is '[' or '{' && !IsAfterCommentSign(sign) && next < values.Count && values[next] < comment)
                continue;
            var end = EndOfUnread(value);
            _hidden.Add(value, end);
            if (end == _text.Length)
                return;
        }
    }

    private int NextSign(int from)
    {
        var next = _text.AsSpan(from).IndexOfAny('=', ':');
        return next < 0 ? -1 : from + next;
    }

    // From the first word that promises a secret, and from the start where what was read before it is one: it may go on here.
    private void HideBroken(SettingsDocument document)
    {
        var syntax = TomlSyntax.Read(_text, document.Version);
        var starts = new List<(int Start, int End, bool IsBroken, bool IsSecret)>();
        foreach (var section in syntax.Sections)
        {
            if (section.Header is { } header)
                starts.Add((header.Start, header.End, false, false));
            foreach (var statement in section.Statements)
                starts.Add((statement.Start, statement.End, false, _hidden.Touches(statement.Start, statement.End)));
        }

        foreach (var stretch in syntax.Broken)
            starts.Add((stretch.Start, stretch.End, true, false));
        starts.Sort(static (left, right) => left.Start.CompareTo(right.Start));
        var isSecret = false;
        for (var i = 0; i < starts.Count; i++)
        {
            var (start, end, isBroken, holdsSecret) = starts[i];
            if (!isBroken)
            {
                // secrets =, and then a list that looks like the name of a table.
                var isQuoted = isSecret && i > 0 && starts[i - 1].IsBroken && _text.AsSpan(start, end - start).IndexOfAny('"', '\'') >= 0;
                if (isQuoted)
                    HideLines(start, end);
                isSecret = holdsSecret || isQuoted;
                continue;
            }

            // Up to the next statement that could be read: the reader has passed over everything before it.
            var next = i + 1 < starts.Count ? Math.Max(starts[i + 1].Start, start) : _text.Length;
            // A comment before it may have named one.
            var before = i == 0 ? 0 : Math.Min(starts[i - 1].End, start);
            var from = isSecret || AfterStem(before, start) >= 0 || IsCutOff(start, next) ? start : AfterStem(start, next);
            if (from < 0)
                continue;
            isSecret = true;
            if (HasOpenLongText(from, next))
                next = _text.Length;
            HideLines(from, next);
            if (next == _text.Length)
                return;
        }
    }

    // ":"abc"} and //ann:abc@host: the end of something whose name, which may have promised a secret, is missing.
    private bool IsCutOff(int start, int end)
    {
        var stretch = _text.AsSpan(start, end - start);
        var address = stretch.IndexOf('@');
        if (address > 0 && stretch[..address].Contains(':') && !stretch[..address].ContainsAny(BlanksAndQuotes))
            return true;
        var value = stretch.IndexOfAnyExcept(Punctuation);
        return value > 0 && stretch[..value].ContainsAny(':', '=') && stretch[..value].ContainsAny('"', '\'');
    }

    private int AfterStem(int start, int end)
    {
        var stretch = _text.AsSpan(start, end - start);
        var first = -1;
        foreach (var stem in Stems)
        {
            var at = stretch.IndexOf(stem, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && (first < 0 || at + stem.Length < first))
                first = at + stem.Length;
        }

        if (first < 0)
            return -1;
        while (first < stretch.Length && (stretch[first] is ' ' or '\t' or '=' or ':'))
            first++;
        return start + first;
    }

    private bool HasOpenLongText(int start, int end)
    {
        var stretch = _text.AsSpan(start, end - start);
        return stretch.Count("\"\"\"") % 2 != 0 || stretch.Count("'''") % 2 != 0;
    }

    private void HideLines(int start, int end)
    {
        while (start < end)
        {
            var stop = Math.Min(EndOfLine(start), end);
            while (start < stop && (_text[start] is ' ' or '\t'))
                start++;
            _hidden.Add(start, stop);
            start = stop;
            while (start < end && (_text[start] is '\r' or '\n'))
                start++;
        }
    }

    private int EndOfUnread(int start)
    {
        var isLong = _text.AsSpan(start).StartsWith("\"\"\"") || _text.AsSpan(start).StartsWith("'''");
        if (isLong)
        {
            var close = _text.IndexOf(_text.Substring(start, 3), start + 3, StringComparison.Ordinal);
            return close < 0 ? _text.Length : close;
        }

        return EndOfLine(start);
    }

    private int EndOfLine(int start)
    {
        if (start < _rest.From || start > _rest.End)
            _rest = (start, _text.IndexOf('\n', start) is var at and >= 0 ? at : _text.Length);
        var end = _rest.End;
        return end < _text.Length && end > start && _text[end - 1] == '\r' ? end - 1 : end;
    }

    private bool IsAfterCommentSign(int offset)
    {
        var line = LineStart(offset);
        if (line != _comment.Line || offset < _comment.To)
            _comment = (line, line, false);
        if (!_comment.HasSign)
            _comment = (line, offset, _text.AsSpan(_comment.To..offset).Contains('#'));
        return _comment.HasSign;
    }

    private bool IsSecretName(int sign)
    {
        var end = sign;
        while (end > 0 && (_text[end - 1] is ' ' or '\t' or '"' or '\''))
            end--;
        var start = end;
        while (start > 0 && (IsWord(_text[start - 1]) || _text[start - 1] is '.' or '"' or '\''))
            start--;
        var name = _text[start..end].Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        var last = SettingPath.LastPart(name);
        if (last.Length == 0)
            return false;
        return SecretKeys.IsNamed(last) || SecretKeys.IsSecret(name) || last.Equals("authorization", StringComparison.OrdinalIgnoreCase) || last.Equals("cookie", StringComparison.OrdinalIgnoreCase)
             || (last == "key" && IsAfterCommentSign(start)) || (last == "key" && SecretKeys.IsSecret(SettingPath.PrefixOf(TableAbove(start)) + name));
    }

    // The name in the nearest header above, in a comment or not. Asked in text order.
    private string TableAbove(int offset)
    {
        var last = LineStart(offset);
        for (var line = _table.NextLine; line <= last;)
        {
            var first = line;
            while (first < _text.Length && (_text[first] is ' ' or '\t' or '#'))
                first++;
            if (first < _text.Length && _text[first] == '[')
            {
                var stop = _text.AsSpan(first).IndexOfAny(']', '\n');
                _table.Name = _text.AsSpan(first, stop < 0 ? _text.Length - first : stop).Trim("[] \t\"").ToString().ToLowerInvariant();
            }

            line = _text.IndexOf('\n', line) is var end and >= 0 ? end + 1 : _text.Length + 1;
            _table.NextLine = line;
        }

        return _table.Name;
    }

    private int LineStart(int offset)
    {
        if (offset <= 0)
            return 0;
        if (offset < _line.Start)
            _line = (0, 0);
        if (offset > _line.To)
            _line = (_text.LastIndexOf('\n', offset - 1, offset - _line.To) is var at and >= 0 ? at + 1 : _line.Start, offset);
        return _line.Start;
    }
}
