using System.Globalization;
using StalwartHardening.Server;
using StalwartHardening.Server.Exposure;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Exposure;

/// <summary>The picture for a terminal.</summary>
internal static class TextExposure
{
    public static void Write(ExposurePicture picture, TextWriter output, Style style)
    {
        output.WriteLine($"{style.Bold}{picture.Title}{style.End}  {style.Quiet}Stalwart {picture.Version}{style.End}");
        output.WriteLine($"{Mark(picture.Tone, style)} {picture.Verdict}");
        foreach (var action in picture.Actions)
            output.WriteLine($"    {style.Of(action.Severity)}{action.RuleId}{style.End} {action.Title} ({action.Place})");
        if (picture.Difference is { } difference)
            Write(difference, output, style);
        foreach (var door in picture.Doors)
        {
            output.WriteLine();
            output.WriteLine($"{Mark(door.Tone, style)} {style.Bold}{door.Protocol}{style.End} '{door.Name}': {door.Encryption}, {door.Passwords}");
            foreach (var (address, reach) in door.Addresses)
                output.WriteLine($"    {style.Place}{address}{style.End}  for {reach}");
            foreach (var service in door.Services)
            {
                output.WriteLine($"    {Mark(service.Tone, style)} {service.Name.PadRight(18)} {service.Access}{(service.Need.Length > 0 ? ", asks for " + service.Need : "")}");
                if (service.Paths.Count > 0)
                    output.WriteLine($"      {style.Quiet}{string.Join(' ', service.Paths)}{style.End}");
            }

            Write(door.Remarks, output, style);
        }

        output.WriteLine();
        output.WriteLine($"{style.Bold}Administrators in the file{style.End}: {(picture.Keyholders.Count == 0 ? "none" : picture.Keyholders.Count.ToString(CultureInfo.InvariantCulture))}");
        foreach (var keyholder in picture.Keyholders)
        {
            output.WriteLine($"  {keyholder.Kind} '{keyholder.Name}': {keyholder.Powers}");
            Write(keyholder.Remarks, output, style);
        }

        if (picture.Remarks.Count > 0)
        {
            output.WriteLine();
            output.WriteLine($"{style.Bold}Also{style.End}");
            Write(picture.Remarks, output, style);
        }
    }

    private static void Write(ExposureDifference difference, TextWriter output, Style style)
    {
        output.WriteLine();
        foreach (var change in difference.Opened)
            output.WriteLine($"{style.Removed}opens{style.End}   {ChangeText.Of(change)}");
        foreach (var change in difference.Closed)
            output.WriteLine($"{style.Good}closes{style.End}  {ChangeText.Of(change)}");
        foreach (var change in difference.Moved)
            output.WriteLine($"moves   {ChangeText.Of(change)}");
        if (difference.Opened.Count + difference.Closed.Count + difference.Moved.Count == 0)
            output.WriteLine("The change opens nothing and closes nothing.");
    }

    private static void Write(IReadOnlyList<Remark> remarks, TextWriter output, Style style)
    {
        foreach (var remark in remarks)
            output.WriteLine($"    {style.Of(remark.Severity)}{remark.RuleId}{style.End} {remark.Place}: {remark.Message}");
    }

    private static string Mark(Tone tone, Style style) => tone switch
    {
        Tone.NeedsWork => $"{style.Removed}!{style.End}",
        Tone.Unknown => "?",
        Tone.Closed or Tone.Suggestion => "-",
        _ => $"{style.Good}+{style.End}",
    };
}

/// <summary>A change in words.</summary>
internal static class ChangeText
{
    public static string Of(ExposureChange change) => Printable.Text(change switch
    {
        { Before.Length: 0 } => $"{change.What}: {change.After}",
        { After.Length: 0 } => $"{change.What}: was {change.Before}",
        _ => $"{change.What}: {change.After}; was {change.Before}",
    });
}
