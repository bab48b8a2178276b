using System.Globalization;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tool.Fixing;

/// <summary>Says what was done and what is left, a line for each finding.</summary>
/// <param name="output">Where to.</param>
/// <param name="style">Colours.</param>
/// <param name="wasWritten">Whether files were changed, or only could be.</param>
internal sealed class FixReport(TextWriter output, Style style, bool wasWritten)
{
    /// <summary>Whether only what is left is written.</summary>
    public bool IsQuiet { get; init; }

    private int _files;
    private int _fixed;
    private int _changed;
    private int _left;
    private int _reviewable;

    /// <summary>How many findings are left.</summary>
    public int Left => _left;

    /// <summary>Says what a file leaves open to whom, before it is written.</summary>
    public void Announce(string path, string statement)
    {
        if (IsQuiet)
            return;
        output.Write($"{style.Bold}{Printable.Text(path)}{style.End}, once fixed:\n{statement}");
        output.Flush();
    }

    /// <summary>Says what became of a file.</summary>
    /// <param name="before">What was found.</param>
    /// <param name="after">What is found now, or would be.</param>
    /// <param name="isChanged">Whether it was changed, or would be.</param>
    public void Add(FileReport before, FileReport after, bool isChanged)
    {
        _files++;
        var path = Printable.Text(before.File.Path);
        if (isChanged)
        {
            _changed++;
            var gone = Gone(before, after);
            _fixed += gone.Sum(rule => rule.Count);
            var names = string.Join(", ", gone.Select(rule => rule.Count == 1 ? rule.Id : string.Create(CultureInfo.InvariantCulture, $"{rule.Count} times {rule.Id}")));
            if (!IsQuiet)
                output.Write($"{style.Good}{path}{style.End}: {(wasWritten ? "fixed" : "can fix")} {names}\n");
        }

        foreach (var finding in after.Findings)
        {
            _left++;
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{path}:{finding.Start.Line}:{finding.Start.Column}: {style.Of(finding.Severity)}{Severities.Name(finding.Severity)}[{finding.Rule.Id}]{style.End}: {Printable.Text(finding.Message)}\n"));
            if (IsQuiet)
                continue;
            var hasRemedy = false;
            foreach (var proposal in FileFixer.Proposals(after, finding))
            {
                hasRemedy = true;
                output.Write($"  {(proposal.Remedy.Safety == RemedySafety.Safe ? "another fix" : "review fix")}: {Printable.Text(proposal.Title)}\n");
            }

            _reviewable += hasRemedy ? 1 : 0;
            if (!hasRemedy)
                output.Write($"  by hand: {OptionAdvice.Say(finding.Remedy, AdviceHost.Tool)}\n");
        }
    }

    /// <summary>Says it for all files together.</summary>
    public void End()
    {
        if (_files == 0 || IsQuiet)
            return;
        var verb = wasWritten ? "Fixed" : "Can fix";
        output.Write(_fixed == 0 && _changed == 0 ? (_left == 0 ? $"Nothing to fix in {Count(_files, "file")}" : wasWritten ? "Fixed nothing" : "Nothing can be fixed without review") : $"{verb} {Count(_fixed, "finding")} in {Count(_changed, "file")}");
        output.Write(_left == 0 ? ".\n" : $"; {Count(_left, "finding")} {(wasWritten ? "left" : "would be left")}{(_reviewable == 0 ? "" : $", {_reviewable} with a fix to review (--review, or --all)")}.\n");
    }

    private static List<(string Id, int Count)> Gone(FileReport before, FileReport after)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var finding in before.Findings)
            counts[finding.Rule.Id] = counts.GetValueOrDefault(finding.Rule.Id) + 1;
        foreach (var finding in after.Findings)
            counts[finding.Rule.Id] = counts.GetValueOrDefault(finding.Rule.Id) - 1;
        return [.. counts.Where(rule => rule.Value > 0).Select(rule => (rule.Key, rule.Value))];
    }

    private static string Count(int count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");
}
