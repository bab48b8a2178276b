using StalwartHardening.Rules.Reading;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules;

/// <summary>
/// Comments that take findings back: <c># swh:ignore SWH1003 -- phones that only speak STARTTLS</c>, at the end of the line or alone
/// on the line before. Ids and a reason are required; what suppresses nothing is itself a finding (SWH0009).
/// </summary>
internal static class Suppressions
{
    /// <summary>The findings that remain, in text order, those about the comments themselves among them.</summary>
    public static IReadOnlyList<Finding> Apply(ServerConfiguration server, IReadOnlyList<Finding> findings)
    {
        var result = new List<Finding>(findings.Count);
        if (server.Document is { SuppressionComments: { Count: > 0 } comments, Text: { } text })
            Take(findings, ParseAll(comments, text), result);
        else
            result.AddRange(findings);
        result.Sort(InTextOrder);
        return result;
    }

    private static Suppression[] ParseAll(IReadOnlyList<SuppressionComment> comments, string text)
    {
        // From the last to the first: a comment above another one speaks for the same line.
        var suppressions = new Suppression[comments.Count];
        Suppression? below = null;
        for (var i = comments.Count - 1; i >= 0; i--)
            suppressions[i] = below = Suppression.Parse(comments[i], text, below);
        return suppressions;
    }

    private static void Take(IReadOnlyList<Finding> findings, Suppression[] suppressions, List<Finding> result)
    {
        var lines = Lines(suppressions);
        foreach (var finding in findings)
        {
            if (!IsTaken(finding, lines))
                result.Add(finding);
        }

        foreach (var suppression in suppressions)
            suppression.ReportUnused(result);
    }

    // Any number of comments can speak for one line.
    private static List<SuppressedLine> Lines(Suppression[] suppressions)
    {
        var lines = new List<SuppressedLine>();
        foreach (var suppression in suppressions)
        {
            if (lines.Count == 0 || !lines[lines.Count - 1].IsThatOf(suppression))
                lines.Add(new SuppressedLine(suppression));
            lines[lines.Count - 1].Add(suppression);
        }

        return lines;
    }

    private static bool IsTaken(Finding finding, List<SuppressedLine> lines)
    {
        var low = 0;
        var high = lines.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (lines[middle].Start <= finding.Span.Start)
                low = middle + 1;
            else
                high = middle;
        }

        return low > 0 && lines[low - 1].Takes(finding);
    }

    private static int InTextOrder(Finding left, Finding right)
    {
        var order = left.Span.Source.CompareTo(right.Span.Source);
        if (order == 0)
            order = left.Span.Start.CompareTo(right.Span.Start);
        if (order == 0)
            order = string.CompareOrdinal(left.Rule.Id, right.Rule.Id);
        return order != 0 ? order : left.Span.Length.CompareTo(right.Span.Length);
    }

    // A line, and for each rule the comment nearest to it that takes its findings.
    private sealed class SuppressedLine(Suppression first)
    {
        private readonly Dictionary<string, Suppression> _nearest = new(StringComparer.OrdinalIgnoreCase);

        public int Start => first.LineStart;

        public bool IsThatOf(Suppression suppression) => suppression.LineStart == first.LineStart;

        public void Add(Suppression suppression)
        {
            foreach (var id in suppression.Ids)
                _nearest[id] = suppression;
        }

        public bool Takes(Finding finding) =>
            first.SpeaksFor(finding.Span) && _nearest.TryGetValue(finding.Rule.Id, out var suppression) && suppression.Takes(finding.Rule.Id);
    }

    private sealed class Suppression
    {
        private const string Directive = "swh:ignore";
        private const string Example = "write it as '# swh:ignore SWH1003 -- the reason'.";
        private static readonly char[] Separators = [' ', '\t', ','];

        private readonly SourceSpan _comment;
        private readonly string[] _ids;
        private readonly Dictionary<string, int> _positions = new(StringComparer.OrdinalIgnoreCase);
        private readonly bool[] _used;
        private readonly string? _flaw;
        private readonly int _lineEnd;

        private Suppression(SuppressionComment comment, string text, Suppression? below, string[] ids, string? flaw)
        {
            _comment = comment.Span;
            _ids = ids;
            _used = new bool[ids.Length];
            for (var i = ids.Length - 1; i >= 0; i--)
                _positions[ids[i]] = i;
            _flaw = flaw;
            (LineStart, _lineEnd) = LineSpokenFor(comment, text, below);
        }

        public int LineStart { get; }

        public IReadOnlyList<string> Ids => _ids;

        public static Suppression Parse(SuppressionComment comment, string text, Suppression? below)
        {
            var words = comment.Text;
            if (!words.StartsWith(Directive, StringComparison.Ordinal) || (words.Length > Directive.Length && Array.IndexOf(Separators, words[Directive.Length]) < 0))
                return new Suppression(comment, text, below, [], "the only directive is 'swh:ignore'; " + Example);

            var dashes = words.IndexOf("--", StringComparison.Ordinal);
            var list = dashes < 0 ? words.Substring(Directive.Length) : words.Substring(Directive.Length, dashes - Directive.Length);
            var ids = list.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
            if (ids.Length == 0)
                return new Suppression(comment, text, below, [], "it names no rule; " + Example);
            foreach (var id in ids)
            {
                if (RuleCatalog.Find(id) is null)
                    return new Suppression(comment, text, below, [], $"there is no rule '{Display.Text(id)}'; " + Example);
            }

            if (dashes < 0 || words.Substring(dashes + 2).Trim().Length == 0)
                return new Suppression(comment, text, below, [], "it gives no reason; " + Example);
            return new Suppression(comment, text, below, ids, null);
        }

        public bool SpeaksFor(SourceSpan span) =>
            span.Source == _comment.Source && span.Start >= LineStart && span.Start <= _lineEnd;

        public bool Takes(string ruleId)
        {
            if (!_positions.TryGetValue(ruleId, out var position))
                return false;
            _used[position] = true;
            return true;
        }

        public void ReportUnused(List<Finding> findings)
        {
            var rule = RuleCatalog.Find(UnusedSuppression.RuleId)!;
            if (_flaw is not null)
                findings.Add(new Finding(rule, _comment, "", _flaw));
            for (var i = 0; i < _ids.Length; i++)
            {
                // A rule that needs something of its host may be silent here and speak elsewhere.
                if (!_used[i] && !RuleCatalog.Find(_ids[i])!.DependsOnHost)
                    findings.Add(new Finding(rule, _comment, "", $"there is no finding of {_ids[i].ToUpperInvariant()} on the line it applies to. Remove it.") { Subject = Array.IndexOf(_used, true) < 0 ? _comment : null });
            }
        }

        // Its own line, or, for a comment alone on its line, the next one that holds more than blanks and comments.
        private static (int Start, int End) LineSpokenFor(SuppressionComment comment, string text, Suppression? below)
        {
            if (!comment.AloneOnLine)
                return (text.LastIndexOf('\n', comment.Span.Start) + 1, EndOfLine(text, comment.Span.Start));

            var start = EndOfLine(text, comment.Span.Start) + 1;
            while (start < text.Length)
            {
                var end = EndOfLine(text, start);
                var first = start;
                while (first < end && text[first] is ' ' or '\t' or '\r')
                    first++;
                if (first == below?._comment.Start)
                    return (below.LineStart, below._lineEnd);
                if (first < end && text[first] != '#')
                    return (start, end);
                start = end + 1;
            }

            return (text.Length, text.Length);
        }

        private static int EndOfLine(string text, int offset)
        {
            var end = offset < text.Length ? text.IndexOf('\n', offset) : -1;
            return end < 0 ? text.Length : end;
        }
    }
}
