using System.Globalization;
using StalwartHardening.Plans;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;

namespace StalwartHardening.Tool.Checking;

/// <summary>One of the files that a text was read from.</summary>
/// <param name="File">The file.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Lines">Its lines; places are those of the whole text.</param>
internal sealed record RunPart(InputFile File, int Start, int End, LineMap Lines)
{
    /// <summary>Whether a place is in it.</summary>
    public bool Holds(int offset) => offset >= Start && offset <= End;
}

/// <summary>From places in a text back to files and lines: the text of a run is that of several files.</summary>
internal sealed class RunPlaces
{
    /// <param name="file">The file, or the run.</param>
    /// <param name="text">Its text, or those of its files, a record separator between them.</param>
    public RunPlaces(InputFile file, string text)
    {
        if (!file.IsRun)
        {
            Parts = [new RunPart(file, 0, text.Length, new LineMap(text))];
            return;
        }

        var parts = new List<RunPart>(file.Parts.Count);
        var start = 0;
        foreach (var part in file.Parts)
        {
            var end = text.IndexOf(PlanText.Separator, start);
            if (end < 0)
                end = text.Length;
            parts.Add(new RunPart(part, start, end, new LineMap(text, start, end)));
            start = Math.Min(end + 1, text.Length);
        }

        Parts = parts;
    }

    /// <summary>The files, in the order of their texts.</summary>
    public IReadOnlyList<RunPart> Parts { get; }

    /// <summary>Whether there is more than one file.</summary>
    public bool IsRun => Parts.Count > 1;

    /// <summary>The file that a place is in.</summary>
    public RunPart PartAt(int offset) => Parts.FirstOrDefault(part => offset <= part.End) ?? Parts[^1];

    /// <summary>The line and column of a place in its file.</summary>
    public TextPosition At(int offset) => PartAt(offset).Lines.At(offset);

    /// <summary>The line of a place, in words: <c>line 3</c>, in a run <c>line 3 of 'roles.ndjson'</c>.</summary>
    public string LineAt(int offset) =>
        IsRun
            ? string.Create(CultureInfo.InvariantCulture, $"line {At(offset).Line} of '{Printable.Text(PartAt(offset).File.Path)}'")
            : string.Create(CultureInfo.InvariantCulture, $"line {At(offset).Line}");
}
