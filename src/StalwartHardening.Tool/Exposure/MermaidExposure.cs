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
            foreach (var reach in door.Addresses.Select(static address => address.Reach).Distinct())
            {
                if (!circles.Contains(reach))
                    circles.Add(reach);
                text.Append($"  who{circles.IndexOf(reach)}([\"{Plain(reach)}\"]) --> {id}\n");
            }

            for (var j = 0; j < door.Services.Count; j++)
            {
                var service = door.Services[j];
                var need = service.Need.Length > 0 ? "<br/>asks for " + Plain(service.Need) : "";
                text.Append($"  {id} {(service.Tone == Tone.Closed ? "-.-x" : "-->")}|\"{Plain(service.Access)}\"| {id}s{j}[\"{Plain(service.Name)}{need}\"]:::{ToneText.Name(service.Tone)}\n");
            }
        }

        for (var i = 0; i < picture.Keyholders.Count; i++)
            text.Append($"  key{i}{{{{\"{Plain(picture.Keyholders[i].Kind)} {Plain(picture.Keyholders[i].Name)}\"}}}}:::{(picture.Keyholders[i].Remarks.Count > 0 ? "work" : "fine")}\n");
        text.Append("  classDef work stroke:#c62828,stroke-width:3px\n  classDef unknown stroke-dasharray:4\n  classDef closed opacity:0.6\n  classDef fine stroke:#2e7d32\n");
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
