using StalwartHardening.Generations;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tool.Checking;

/// <summary>
/// The parts of a configuration's text that nobody may see: values of settings that hold secrets, and, where the text is too
/// broken to be read as settings or only a comment, whatever stands behind a name that promises one.
/// </summary>
internal sealed class SecretMask
{
    private const int ShortestWord = 3;
    private const int LongestShown = 40;
    private readonly string _text;
    private readonly bool _isBroken;
    private readonly List<(int Start, int End)> _hidden = [];

    public SecretMask(SettingsDocument document, string text)
    {
        _text = text;
        _isBroken = document.Problems.Count > 0;
        var values = new HashSet<int>();
        foreach (ref readonly var setting in document.InTextOrder)
        {
            values.Add(setting.ValueSpan.Start);
            if (SecretKeys.Mask(setting.Key, setting.Value) != setting.Value)
                HideValue(setting.ValueSpan);
        }

        HideUnread(values);
        _hidden.Sort();
    }

    /// <summary>Whether there is anything to hide.</summary>
    public bool IsEmpty => _hidden.Count == 0;

    /// <summary>The end of the hidden stretch that <paramref name="offset"/> lies in; -1 where it may be seen.</summary>
    public int HiddenUntil(int offset)
    {
        var end = -1;
        foreach (var (start, stop) in _hidden)
        {
            if (start > offset)
                break;
            if (stop > offset)
                end = Math.Max(end, stop);
        }

        return end;
    }

    /// <summary><paramref name="message"/> without the words of hidden text.</summary>
    public string Scrub(string message)
    {
        foreach (var (start, end) in _hidden)
        {
            var position = start;
            while (position < end)
            {
                while (position < end && IsSeparator(_text[position]))
                    position++;
                var word = position;
                while (position < end && !IsSeparator(_text[position]))
                    position++;
                if (position - word >= ShortestWord)
                    message = Scrub(message, _text[word..position]);
            }
        }

        return message;
    }

    private static string Scrub(string message, string word)
    {
        // Messages shorten what they quote.
        var needle = word.Length > LongestShown ? word[..LongestShown] : word;
        for (var at = message.IndexOf(needle, StringComparison.Ordinal); at >= 0; at = message.IndexOf(needle, at + SecretKeys.Placeholder.Length, StringComparison.Ordinal))
        {
            var end = at + needle.Length;
            if (needle.Length < word.Length)
            {
                while (end < message.Length && !IsSeparator(message[end]))
                    end++;
            }

            message = string.Concat(message.AsSpan(0, at), SecretKeys.Placeholder, message.AsSpan(end));
            if (at + SecretKeys.Placeholder.Length > message.Length)
                break;
        }

        return message;
    }

    private static bool IsSeparator(char c) => c is ' ' or '\t' or '\r' or '\n' or '"' or '\'' or ',' or '[' or ']' or '{' or '}' or '=';

    private void HideValue(SourceSpan span)
    {
        var start = span.Start;
        var end = Math.Min(span.End, _text.Length);

        // The quotes stay: they show that there is something.
        while (start < end - 1 && (_text[start] is '"' or '\'') && _text[end - 1] == _text[start])
        {
            start++;
            end--;
        }

        if (start < end)
            _hidden.Add((start, end));
        HideRest(span.End);
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
            _hidden.Add((start, end));
    }

    private void HideUnread(HashSet<int> values)
    {
        for (var sign = _text.AsSpan().IndexOfAny('=', ':'); sign >= 0; sign = Next(sign))
        {
            var value = sign + 1;
            while (value < _text.Length && (_text[value] is ' ' or '\t'))
                value++;
            if (value >= _text.Length || values.Contains(value) || !SecretKeys.IsNamed(WordBefore(sign)) || StartsTable(value, values))
                continue;
            var end = EndOfUnread(value);
            if (value < end)
                _hidden.Add((value, end));
        }
    }

    private int Next(int sign)
    {
        var next = _text.AsSpan(sign + 1).IndexOfAny('=', ':');
        return next < 0 ? -1 : sign + 1 + next;
    }

    // A list or table that was read holds values of its own.
    private bool StartsTable(int value, HashSet<int> values)
    {
        if (_text[value] is not ('[' or '{'))
            return false;
        for (var i = value + 1; i < _text.Length && _text[i] is not '#'; i++)
        {
            if (values.Contains(i))
                return true;
        }

        return false;
    }

    private int EndOfUnread(int start)
    {
        var isLong = _text.AsSpan(start).StartsWith("\"\"\"") || _text.AsSpan(start).StartsWith("'''");
        if (isLong)
        {
            var close = _text.IndexOf(_text.Substring(start, 3), start + 3, StringComparison.Ordinal);
            return close < 0 ? _text.Length : close;
        }

        var end = _text.IndexOf('\n', start);
        if (end < 0)
            return _text.Length;
        return end > start && _text[end - 1] == '\r' ? end - 1 : end;
    }

    private string WordBefore(int sign)
    {
        var end = sign;
        while (end > 0 && (_text[end - 1] is ' ' or '\t' or '"' or '\''))
            end--;
        var start = end;
        while (start > 0 && (char.IsAsciiLetterOrDigit(_text[start - 1]) || _text[start - 1] is '-' or '_'))
            start--;
        return _text[start..end];
    }
}
