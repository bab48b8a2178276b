using System.Globalization;
using System.Text;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Exposure;

/// <summary>The picture as one SVG drawing: a row for each listener, from those who connect to what they reach.</summary>
internal static class SvgExposure
{
    private const int Width = 1080;
    private const int Margin = 24;
    private const int Line = 22;
    private const int Gap = 14;
    private const int DoorWidth = 310;
    private const int ServiceLeft = Margin + DoorWidth + 60;

    private const string Look =
        """
        text{font:15px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;fill:#1b1f24}.ground{fill:#f6f7f9}.card{fill:#fff;stroke:#d5dae1}.title{font-size:24px;font-weight:700}.name{font-weight:700;font-size:16px}.soft{fill:#4d5661}.state{font-size:13px;font-weight:600}
        .work{fill:#a3161d}.unknown{fill:#6a4a00}.closed{fill:#4d5661}.fine{fill:#14602b}.wire{stroke:#8a94a1;fill:none;stroke-width:1.5}.shut{stroke-dasharray:3 4}
        @media (prefers-color-scheme:dark){text{fill:#eceff3}.ground{fill:#12151a}.card{fill:#1b2027;stroke:#343c47}.soft{fill:#aab4c0}.work{fill:#ffa8a3}.unknown{fill:#f3cf73}.closed{fill:#b4bdc9}.fine{fill:#8fdca5}}
        """;

    public static string Write(ExposurePicture picture)
    {
        var body = new StringBuilder(16384);
        var y = 84;
        if (picture.Difference is { } difference)
        {
            foreach (var change in difference.Opened)
                Text(body, Margin, y += Line, "work", "opens " + ChangeText.Of(change), Width - (2 * Margin));
            foreach (var change in difference.Closed)
                Text(body, Margin, y += Line, "fine", "closes " + ChangeText.Of(change), Width - (2 * Margin));
            if (difference.Opened.Count + difference.Closed.Count == 0)
                Text(body, Margin, y += Line, "soft", "The change opens nothing and closes nothing.", Width - (2 * Margin));
            y += Gap + 10;
        }

        foreach (var door in picture.Doors)
            y = Write(body, door, y) + Gap;
        foreach (var keyholder in picture.Keyholders)
        {
            var tone = keyholder.Remarks.Count > 0 ? Tone.NeedsWork : Tone.Fine;
            Card(body, Margin, y, Width - (2 * Margin), 34 + Line, tone);
            Text(body, Margin + 20, y + 24, "name", keyholder.Kind + " " + keyholder.Name, 560);
            State(body, Width - Margin - 16, y + 24, tone);
            Text(body, Margin + 20, y + 24 + Line, "soft", keyholder.Powers, Width - (2 * Margin) - 40);
            y += 34 + Line + Gap;
        }

        var page = new StringBuilder(body.Length + 2048);
        page.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").Append(Width).Append(' ').Append(Number(y + 10)).Append("\" role=\"img\" aria-labelledby=\"title\">\n<title id=\"title\">")
            .Append(HtmlExposure.Plain(picture.Title)).Append(": what this server offers, and to whom</title>\n<style>\n").Append(Look).Append("\n</style>\n<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n");
        Text(page, Margin, 42, "title", picture.Title, Width - (2 * Margin));
        Text(page, Margin, 66, "soft", "What this server offers, and to whom. Stalwart " + picture.Version + ".", Width - (2 * Margin));
        return page.Append(body).Append("</svg>\n").ToString();
    }

    private static int Write(StringBuilder body, Door door, int top)
    {
        var doorHeight = 34 + (Line * (door.Addresses.Count + 2));
        var servicesHeight = door.Services.Count == 0 ? 0 : 16 + (Line * door.Services.Count);
        var height = Math.Max(doorHeight, servicesHeight);
        var width = door.Services.Count == 0 ? Width - (2 * Margin) : DoorWidth;
        Card(body, Margin, top, width, doorHeight, door.Tone);
        Text(body, Margin + 20, top + 24, "name", door.Protocol + " " + door.Name, width - 130);
        State(body, Margin + width - 16, top + 24, door.Tone);
        var y = top + 24;
        foreach (var (address, reach) in door.Addresses)
            Text(body, Margin + 20, y += Line, "", address + " for " + reach, width - 40);
        Text(body, Margin + 20, y += Line, "soft", door.Encryption, width - 40);
        Text(body, Margin + 20, y + Line, "soft", door.Passwords, width - 40);
        if (door.Services.Count == 0)
            return top + height;

        var middle = top + (doorHeight / 2);
        Card(body, ServiceLeft, top, Width - Margin - ServiceLeft, servicesHeight, null);
        y = top + 4;
        foreach (var service in door.Services)
        {
            y += Line;
            body.Append("<path class=\"wire").Append(service.Tone == Tone.Closed ? " shut" : "").Append("\" d=\"M").Append(Number(Margin + DoorWidth)).Append(' ').Append(Number(middle)).Append('C')
                .Append(Number(Margin + DoorWidth + 35)).Append(' ').Append(Number(middle)).Append(' ').Append(Number(ServiceLeft - 35)).Append(' ').Append(Number(y - 5)).Append(' ').Append(Number(ServiceLeft)).Append(' ').Append(Number(y - 5)).Append("\"/>\n");
            Text(body, ServiceLeft + 16, y, "", service.Name, 170);
            Text(body, ServiceLeft + 186, y, "soft", service.Access + (service.Need.Length > 0 ? ": " + service.Need : ""), Width - Margin - ServiceLeft - 186 - 106);
            State(body, Width - Margin - 16, y, service.Tone);
        }

        return top + height;
    }

    private static void Card(StringBuilder body, int x, int y, int width, int height, Tone? tone)
    {
        body.Append("<rect class=\"card\" x=\"").Append(Number(x)).Append("\" y=\"").Append(Number(y)).Append("\" width=\"").Append(Number(width)).Append("\" height=\"").Append(Number(height)).Append("\" rx=\"9\"/>\n");
        if (tone is { } mark)
            body.Append("<rect class=\"").Append(ToneText.Name(mark)).Append("\" x=\"").Append(Number(x)).Append("\" y=\"").Append(Number(y + 9)).Append("\" width=\"5\" height=\"").Append(Number(height - 18)).Append("\" rx=\"2\"/>\n");
    }

    private static void State(StringBuilder body, int right, int y, Tone tone) =>
        body.Append("<text class=\"state ").Append(ToneText.Name(tone)).Append("\" text-anchor=\"end\" x=\"").Append(Number(right)).Append("\" y=\"").Append(Number(y)).Append("\">").Append(ToneText.Of(tone)).Append("</text>\n");

    // What does not fit is cut, and whole where the pointer rests on it.
    private static void Text(StringBuilder body, int x, int y, string look, string text, int room)
    {
        var most = room / (look == "title" ? 13 : look == "name" ? 9 : 8);
        var shown = Cut(text, most);
        body.Append("<text").Append(look.Length > 0 ? " class=\"" + look + "\"" : "").Append(" x=\"").Append(Number(x)).Append("\" y=\"").Append(Number(y)).Append("\">").Append(HtmlExposure.Plain(shown));
        if (shown.Length != text.Length)
            body.Append("<title>").Append(HtmlExposure.Plain(text)).Append("</title>");
        body.Append("</text>\n");
    }

    private static string Cut(string text, int most)
    {
        var width = 0;
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            width += Printable.Width(rune);
            if (width >= most)
                return result.Append('…').ToString();
            result.Append(rune);
        }

        return text;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
