using System.Globalization;
using System.Text;

namespace StalwartHardening.Tool.Exposure;

/// <summary>The picture as a Mermaid flowchart: who connects, through which door, to what.</summary>
internal static class MermaidExposure
{
    public static string Write(ExposurePicture picture)
    {
        var text = new StringBuilder("flowchart LR\n");
        text.Append("  accTitle: ").Append(Plain(picture.Title)).Append('\n');
        var circles = new List<string>();
        for (var i = 0; i < picture.Doors.Count; i++)
        {
            var door = picture.Doors[i];
            var id = "door" + i.ToString(CultureInfo.InvariantCulture);
            var addresses = string.Join("<br/>", door.Addresses.Select(static address => Plain(address.Address)));
            text.Append($"  {id}[\"{Plain(door.Protocol)} {Plain(door.Name)}<br/>{addresses}<br/>{Plain(door.Encryption)}<br/>{Plain(door.Passwords)}\"]:::{ToneText.Name(door.Tone)}\n");
            // One wire in and one out, listeners in the order of those who reach them: nothing crosses.
            var reach = door.Reach;
            if (!circles.Contains(reach))
                circles.Add(reach);
            text.Append($"  who{circles.IndexOf(reach)}([\"{Plain(reach)}\"]) --> {id}\n");
            if (door.Services.Count == 0)
                continue;
            var lines = door.Services.Select(static service => $"{Plain(service.Name)}#58; {Plain(service.Access)}{(service.Need.Length > 0 ? ", asks for " + Plain(service.Need) : "")}{(service.Tone == Tone.NeedsWork ? " #33;" : "")}");
            text.Append($"  {id} --> {id}s[\"{string.Join("<br/>", lines)}\"]:::{ToneText.Name(door.Services.Max(static service => service.Tone))}\n");
        }

        for (var i = 0; i < picture.Keyholders.Count; i++)
            text.Append($"  key{i}{{{{\"{Plain(picture.Keyholders[i].Kind)} {Plain(picture.Keyholders[i].Name)}\"}}}}:::{(picture.Keyholders[i].Remarks.Count > 0 ? "work" : "fine")}\n");
        text.Append("  classDef work stroke:#c62828,stroke-width:3px\n  classDef unknown stroke-dasharray:4\n  classDef closed opacity:0.6\n  classDef hint stroke:#1565c0\n  classDef fine stroke:#2e7d32\n");
        return text.ToString();
    }

    /// <summary>Text in a quoted label that Mermaid shows as it is.</summary>
    internal static string Plain(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii ? char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value is ' ' or '.' or ',' or '/' : Rune.IsLetterOrDigit(rune))
                result.Append(rune);
            else
                result.Append('#').Append(rune.Value).Append(';');
        }

        return result.ToString();
    }
}
