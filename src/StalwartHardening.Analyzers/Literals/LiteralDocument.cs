using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Literals;

/// <summary>
/// Reads the text of a literal as the server would read it with its holes filled. The reader gets a letter in place of each
/// hole, which is what fits where most values fit; afterwards the letters are unknown parts again.
/// </summary>
internal static class LiteralDocument
{
    private const char FirstStandIn = '\u4E00';
    private const char LastStandIn = '\u9FA5';

    /// <summary>Reads <paramref name="text"/> in the dialect of <paramref name="version"/>.</summary>
    public static SettingsDocument Read(LiteralText text, ServerVersion version, CancellationToken cancellationToken)
    {
        var (filled, standIns) = Fill(text);
        return standIns.Length == 0 ? new TomlFileSyntax(version).Read(filled, cancellationToken) : Unfill(new TomlFileSyntax(version).Read(filled, cancellationToken), text.Value, [.. text.Holes], standIns);
    }

    /// <summary>The text with a letter for each hole, and the letters. None of them occurs elsewhere in it.</summary>
    public static (string Text, char[] StandIns) Fill(LiteralText text)
    {
        var holes = text.Holes.ToList();
        if (holes.Count == 0)
            return (text.Value, []);
        var standIns = ChooseStandIns(text.Value, holes.Count);
        var filled = new StringBuilder(text.Value);
        for (var i = 0; i < holes.Count; i++)
            filled[holes[i]] = standIns[i];
        return (filled.ToString(), standIns);
    }

    /// <summary>Reads a filled text that has changed since. What it says about the text is about the filled one.</summary>
    public static SettingsDocument ReadFilled(string filled, char[] standIns, ServerVersion version, CancellationToken cancellationToken)
    {
        var read = new TomlFileSyntax(version).Read(filled, cancellationToken);
        if (standIns.Length == 0)
            return read;
        var holes = new List<int>();
        for (var i = 0; i < filled.Length; i++)
        {
            if (Array.IndexOf(standIns, filled[i]) >= 0)
                holes.Add(i);
        }

        return Unfill(read, filled, holes, standIns);
    }

    // Letters that do not occur in the text, one for each hole: two unknown names are two names.
    private static char[] ChooseStandIns(string text, int count)
    {
        var taken = new HashSet<char>(text);
        var standIns = new char[count];
        var next = FirstStandIn;
        for (var i = 0; i < count; i++)
        {
            while (next < LastStandIn && taken.Contains(next))
                next++;
            standIns[i] = next;
            if (next < LastStandIn)
                next++;
        }

        return standIns;
    }

    private static SettingsDocument Unfill(SettingsDocument read, string text, List<int> holes, char[] standIns)
    {
        // A hole at the start of a statement may hold several, and a table header: what follows up to the next header may be anywhere.
        var lost = new List<SourceSpan>();
        foreach (var hole in holes)
        {
            if (BeginsStatement(text, holes, hole) && !IsInValue(read, hole))
                lost.Add(SourceSpan.FromBounds(hole, NextHeader(text, hole)));
        }

        var names = new UnknownNames(standIns);
        var settings = new Setting[read.Count];
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var count = 0;
        foreach (ref readonly var setting in read.InTextOrder)
        {
            if (Touches(lost, setting.KeySpan))
                continue;
            var key = names.InKey(setting.Key);
            if (keys.Add(key))
                settings[count++] = setting with { Key = key, Value = names.InValue(setting.Value) };
        }

        var places = holes.ConvertAll(static hole => new SourceSpan(hole, 1));
        var end = lost.Count > 0 ? lost[0].Start : int.MaxValue;
        var problems = read.Problems.Where(problem => problem.Span.Start < end && !Touches(places, problem.Span) && !(problem.Key is { } key && names.Occurs(key))).ToList();
        return (read with { Problems = problems }).WithSettings(settings, count) with
        {
            Text = text,
            IsComplete = lost.Count == 0,
            Remarks = [.. read.Remarks.Where(remark => !Touches(places, remark.Span) && !Touches(lost, remark.Span))],
            // What TOML tools say depends on what the holes hold.
            MayDepartFromStandard = false,
        };
    }

    private static bool BeginsStatement(string text, List<int> holes, int hole)
    {
        var at = hole - 1;
        while (at >= 0 && (text[at] is ' ' or '\t' or '\r' || holes.Contains(at)))
            at--;
        return at < 0 || text[at] == '\n';
    }

    private static int NextHeader(string text, int from)
    {
        for (var lineBreak = text.IndexOf('\n', from); lineBreak >= 0; lineBreak = text.IndexOf('\n', lineBreak + 1))
        {
            var at = lineBreak + 1;
            while (at < text.Length && text[at] is ' ' or '\t' or '\r')
                at++;
            if (at < text.Length && text[at] == '[')
                return at;
        }

        return text.Length;
    }

    private static bool IsInValue(SettingsDocument document, int offset)
    {
        foreach (ref readonly var setting in document.InTextOrder)
        {
            if (setting.ValueSpan.Start <= offset && offset < setting.ValueSpan.End && setting.ValueSpan != setting.KeySpan)
                return true;
        }

        return false;
    }

    // An error directly before or after a hole depends on what it holds.
    private static bool Touches(List<SourceSpan> places, SourceSpan span)
    {
        foreach (var place in places)
        {
            if (span.Start <= place.End && place.Start <= span.End)
                return true;
        }

        return false;
    }

    /// <summary>Turns stand-ins into unknown parts again.</summary>
    private sealed class UnknownNames(char[] standIns)
    {
        private readonly HashSet<char> _standIns = [.. standIns];
        private readonly Dictionary<char, string> _inKeys = [];

        public bool Occurs(string text) => text.Any(_standIns.Contains);

        public string InValue(string value)
        {
            if (!Occurs(value))
                return value;
            var text = new StringBuilder(value);
            for (var i = 0; i < text.Length; i++)
            {
                if (_standIns.Contains(text[i]))
                    text[i] = Setting.UnknownPart;
            }

            return text.ToString();
        }

        // Two names that are not known stay two: the second is two unknown parts long, and so on.
        public string InKey(string key)
        {
            if (!Occurs(key))
                return key;
            var text = new StringBuilder(key.Length);
            foreach (var c in key)
            {
                if (!_standIns.Contains(c))
                {
                    text.Append(c);
                    continue;
                }

                if (!_inKeys.TryGetValue(c, out var name))
                    _inKeys.Add(c, name = new string(Setting.UnknownPart, _inKeys.Count + 1));
                text.Append(name);
            }

            return text.ToString();
        }
    }
}
