using System.Text;
using StalwartHardening.Server;
using StalwartHardening.Server.Exposure;

namespace StalwartHardening.Tool.Exposure;

/// <summary>The picture as Markdown tables.</summary>
internal static class MarkdownExposure
{
    public static string Write(ExposurePicture picture)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(Plain(picture.Title)).Append("\n\nWhat this server offers, and to whom. Stalwart ").Append(Plain(picture.Version)).Append(".\n");
        text.Append("\n**").Append(Plain(picture.Verdict)).Append("**\n");
        if (picture.Actions.Count > 0)
            text.Append('\n');
        for (var i = 0; i < picture.Actions.Count; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i + 1}. {picture.Actions[i].RuleId}: {Plain(picture.Actions[i].Title)} ({Plain(picture.Actions[i].Place.ToString())})\n");
        if (picture.Difference is { } difference)
        {
            text.Append("\n## Changes\n\n");
            Write(text, "Opens", difference.Opened);
            Write(text, "Closes", difference.Closed);
            Write(text, "Moves", difference.Moved);
            if (difference.Opened.Count + difference.Closed.Count + difference.Moved.Count == 0)
                text.Append("The change opens nothing and closes nothing.\n");
        }

        text.Append("\n## Listeners\n\n| Listener | Protocol | Addresses | Encryption | Passwords | State |\n|---|---|---|---|---|---|\n");
        foreach (var door in picture.Doors)
        {
            var addresses = string.Join("<br>", door.Addresses.Select(static address => Plain(address.Address) + " for " + Plain(address.Reach)));
            text.Append($"| {Plain(door.Name)} | {Plain(door.Protocol)} | {addresses} | {Plain(door.Encryption)} | {Plain(door.Passwords)} | {ToneText.Of(door.Tone)} |\n");
        }

        foreach (var door in picture.Doors)
        {
            if (door.Services.Count == 0)
                continue;
            text.Append("\n## Served by ").Append(Plain(door.Name)).Append("\n\n| Service | Let through | Asks for | Paths let through | State |\n|---|---|---|---|---|\n");
            foreach (var service in door.Services)
                text.Append($"| {Plain(service.Name)} | {Plain(service.Access)} | {Plain(service.Need)} | {string.Join(' ', service.Paths.Select(Plain))} | {ToneText.Of(service.Tone)} |\n");
        }

        text.Append("\n## Administrators in the file\n\n");
        foreach (var keyholder in picture.Keyholders)
            text.Append($"- {Plain(keyholder.Kind)} {Plain(keyholder.Name)}: {Plain(keyholder.Powers)}\n");
        if (picture.Keyholders.Count == 0)
            text.Append("None.\n");
        var remarks = picture.Doors.SelectMany(static door => door.Remarks).Concat(picture.Keyholders.SelectMany(static keyholder => keyholder.Remarks)).Concat(picture.Remarks).ToList();
        if (remarks.Count > 0)
        {
            text.Append("\n## Findings\n\n");
            foreach (var remark in remarks)
                text.Append($"- {remark.RuleId}, {Plain(remark.Place.ToString())}: {Plain(remark.Message)}\n");
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, string title, IReadOnlyList<ExposureChange> changes)
    {
        foreach (var change in changes)
            text.Append($"- **{title}** {Plain(ChangeText.Of(change))}\n");
    }

    /// <summary>Text that says the same in Markdown, in a table too, and nothing else.</summary>
    internal static string Plain(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            // Character references work everywhere, in tables too, where a backslash before a bar does not in every dialect.
            if (char.IsAsciiLetterOrDigit(c) || c is ' ' or ',' or ';' or '/' or '\'' or '%' or '=' or '?' || c > '~' || (c is '.' or ':' or '(' or ')' or '-' && result.Length > 0))
                result.Append(c);
            else
                result.Append("&#").Append((int)c).Append(';');
        }

        // Addresses become links by themselves in some dialects.
        return result.Replace("://", "&#58;//").Replace("www.", "www&#46;").ToString();
    }
}
