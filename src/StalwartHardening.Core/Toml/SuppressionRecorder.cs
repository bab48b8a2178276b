using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>Collects the comments that begin with <c>swh:</c>, in text order.</summary>
internal sealed class SuppressionRecorder(string text) : TomlRecorder
{
    private const string Directive = "swh:";
    private List<SuppressionComment>? _found;

    public IReadOnlyList<SuppressionComment> Found => (IReadOnlyList<SuppressionComment>?)_found ?? [];

    public override void Comment(int start, int end)
    {
        var first = start + 1;
        while (first < end && text[first] is ' ' or '\t')
            first++;
        if (end - first <= Directive.Length || string.CompareOrdinal(text, first, Directive, 0, Directive.Length) != 0)
            return;
        while (end > first && text[end - 1] is ' ' or '\t' or '\r')
            end--;
        var before = start;
        while (before > 0 && text[before - 1] is ' ' or '\t' or '\r')
            before--;
        (_found ??= []).Add(new SuppressionComment(
            SourceSpan.FromBounds(start, end),
            text.Substring(first, end - first),
            before == 0 || text[before - 1] == '\n'));
    }
}
