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
    private const int WhoWidth = 130;
    private const int DoorLeft = Margin + WhoWidth + 36;
    private const int DoorWidth = 360;
    private const int ServiceLeft = DoorLeft + DoorWidth + 36;

    private const string Look =
        """
        text{font:15px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;fill:#1b1f24}.ground{fill:#f6f7f9}.card{fill:#fff;stroke:#d5dae1}.title{font-size:24px;font-weight:700}.name{font-weight:700;font-size:16px}.soft{fill:#4d5661}.state{font-size:13px;font-weight:600}
        .work{fill:#a3161d}.unknown{fill:#6a4a00}.closed{fill:#4d5661}.fine{fill:#14602b}.hint{fill:#0b4f8a}.wire{stroke:#8a94a1;fill:none;stroke-width:1.5}.shut{stroke-dasharray:3 4}
        @media (prefers-color-scheme:dark){text{fill:#eceff3}.ground{fill:#12151a}.card{fill:#1b2027;stroke:#343c47}.soft{fill:#aab4c0}.work{fill:#ffa8a3}.unknown{fill:#f3cf73}.closed{fill:#b4bdc9}.fine{fill:#8fdca5}.hint{fill:#9cc9f5}}
        """;

    public static string Write(ExposurePicture picture)
    {
        var body = new StringBuilder(16384);
        var y = 84;
        y = Wrapped(body, Margin, y + Line, ToneText.Name(picture.Tone), picture.Verdict, Width - (2 * Margin));
        foreach (var action in picture.Actions)
            y = Wrapped(body, Margin + 16, y + Line, "", $"{action.RuleId} {action.Title} ({action.Place})", Width - (2 * Margin) - 16);
        y += Gap;
        if (picture.Difference is { } difference)
        {
            foreach (var change in difference.Opened)
                Text(body, Margin, y += Line, "work", "opens " + ChangeText.Of(change), Width - (2 * Margin));
            foreach (var change in difference.Closed)
                Text(body, Margin, y += Line, "fine", "closes " + ChangeText.Of(change), Width - (2 * Margin));
            foreach (var change in difference.Moved)
                Text(body, Margin, y += Line, "soft", "moves " + ChangeText.Of(change), Width - (2 * Margin));
            if (difference.Opened.Count + difference.Closed.Count + difference.Moved.Count == 0)
                Text(body, Margin, y += Line, "soft", "The change opens nothing and closes nothing.", Width - (2 * Margin));
            y += Gap + 10;
        }

        if (picture.Doors.Count > 0)
        {
            Text(body, Margin, y += Line, "soft", "who", WhoWidth);
            Text(body, DoorLeft, y, "soft", "through which listener", DoorWidth);
            Text(body, ServiceLeft, y, "soft", "to what", Width - Margin - ServiceLeft);
            y += Gap;
        }

        // A lane for each circle of people; the doors they reach are beside them, and no wire crosses another.
        foreach (var lane in picture.Doors.GroupBy(static door => door.Reach))
        {
            var top = y;
            foreach (var door in lane)
                y = Write(body, door, y) + Gap;
            Card(body, Margin, top, WhoWidth, y - Gap - top, null);
            Wrapped(body, Margin + 14, top + 24, "name", lane.Key, WhoWidth - 28);
        }

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
        // The texts first: how many lines they take says how high the cards are.
        var words = new StringBuilder();
        var y = Wrapped(words, DoorLeft + 20, top + 24, "name", door.Protocol + " " + door.Name, DoorWidth - 140);
        State(words, DoorLeft + DoorWidth - 16, top + 24, door.Tone);
        foreach (var (address, reach) in door.Addresses)
            y = Wrapped(words, DoorLeft + 20, y + Line, "", address + " for " + reach, DoorWidth - 40);
        y = Wrapped(words, DoorLeft + 20, y + Line, "soft", door.Encryption, DoorWidth - 40);
        var doorEnd = Wrapped(words, DoorLeft + 20, y + Line, "soft", door.Passwords, DoorWidth - 40) + 10;
        y = top + 2;
        foreach (var service in door.Services)
        {
            y += Line;
            State(words, Width - Margin - 16, y, service.Tone);
            var name = Wrapped(words, ServiceLeft + 16, y, "", service.Name, 165);
            y = Math.Max(name, Wrapped(words, ServiceLeft + 181, y, "soft", service.Access + (service.Need.Length > 0 ? ": " + service.Need : ""), Width - Margin - ServiceLeft - 181 - 120));
        }

        var end = Math.Max(doorEnd, door.Services.Count == 0 ? 0 : y + 12);
        Wire(body, Margin + WhoWidth, DoorLeft, top + 19, door.Tone == Tone.Closed);
        Card(body, DoorLeft, top, DoorWidth, end - top, door.Tone);
        if (door.Services.Count > 0)
        {
            Wire(body, DoorLeft + DoorWidth, ServiceLeft, top + 19, door.Services.All(static service => service.Tone == Tone.Closed));
            Card(body, ServiceLeft, top, Width - Margin - ServiceLeft, end - top, null);
        }

        body.Append(words);
        return end;
    }

    private static void Wire(StringBuilder body, int from, int to, int y, bool isShut) =>
        body.Append("<path class=\"wire").Append(isShut ? " shut" : "").Append("\" d=\"M").Append(Number(from)).Append(' ').Append(Number(y)).Append('H').Append(Number(to)).Append('m').Append("-7 -5l7 5l-7 5\"/>\n");

    // Broken into lines between words, and within one that is longer than a line; the place of the last line.
    private static int Wrapped(StringBuilder body, int x, int y, string look, string text, int room)
    {
        var most = Math.Max(4, room / (look == "name" ? 9 : 8));
        var line = new StringBuilder();
        var width = 0;
        var isFirst = true;
        void Break()
        {
            y += isFirst ? 0 : Line;
            isFirst = false;
            Text(body, x, y, look, line.ToString().TrimEnd(), room + 64);
            line.Clear();
            width = 0;
        }

        foreach (var word in text.Split(' '))
        {
            var length = word.EnumerateRunes().Sum(static rune => Printable.Width(rune));
            if (width > 0 && width + length > most)
                Break();
            foreach (var rune in word.EnumerateRunes())
            {
                if (width + Printable.Width(rune) > most)
                    Break();
                line.Append(rune);
                width += Printable.Width(rune);
            }

            line.Append(' ');
            width++;
        }

        if (line.Length > 0 || isFirst)
            Break();
        return y;
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
