using System.Globalization;
using System.Text;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Exposure;

namespace StalwartHardening.Tool.Exposure;

/// <summary>The picture as one HTML page: no script, nothing loaded from elsewhere, light and dark, for telephones and paper too.</summary>
internal static class HtmlExposure
{
    // Contrast of every pair of text and ground is at least 4.5 to 1 in both schemes.
    private const string Look =
        """
        :root{color-scheme:light dark;--ground:#f6f7f9;--card:#fff;--ink:#1b1f24;--soft:#4d5661;--line:#d5dae1;--work:#a3161d;--work-ground:#fdecec;--unknown:#6a4a00;--unknown-ground:#fdf3d7;--closed:#4d5661;--closed-ground:#eceff3;--fine:#14602b;--fine-ground:#e6f4ea;--hint:#0b4f8a;--hint-ground:#e3effb}
        @media screen and (prefers-color-scheme:dark){:root{--ground:#12151a;--card:#1b2027;--ink:#eceff3;--soft:#aab4c0;--line:#343c47;--work:#ffa8a3;--work-ground:#43191b;--unknown:#f3cf73;--unknown-ground:#3a2f10;--closed:#b4bdc9;--closed-ground:#2a313b;--fine:#8fdca5;--fine-ground:#16351f;--hint:#9cc9f5;--hint-ground:#14304d}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
        header,main,footer{max-width:72rem;margin:0 auto;padding:0 1rem}
        header{padding-top:2rem}
        h1{font-size:1.75rem;line-height:1.2;margin:0}
        h2{font-size:1.15rem;margin:2.25rem 0 .75rem}
        h3{font-size:1.05rem;margin:0}
        p{margin:.35rem 0}
        .soft{color:var(--soft)}
        .counts{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;list-style:none;margin:1rem 0 0;padding:0}
        .counts b{font-size:1.35rem;margin-right:.3rem}
        .doors{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,21rem),1fr));gap:1rem;align-items:start}
        .card{background:var(--card);border:1px solid var(--line);border-left:.35rem solid var(--line);border-radius:.6rem;padding:1rem 1.1rem}
        .wide{grid-column:1/-1}
        .card.work{border-left-color:var(--work)}.card.unknown{border-left-color:var(--unknown)}.card.fine{border-left-color:var(--fine)}
        .top{display:flex;flex-wrap:wrap;gap:.4rem .75rem;align-items:baseline;justify-content:space-between}
        .tag{font-size:.8125rem;font-weight:600;border-radius:1rem;padding:.1rem .6rem;white-space:nowrap}
        .tag.work{color:var(--work);background:var(--work-ground)}.tag.unknown{color:var(--unknown);background:var(--unknown-ground)}.tag.closed{color:var(--closed);background:var(--closed-ground)}.tag.fine{color:var(--fine);background:var(--fine-ground)}.tag.hint{color:var(--hint);background:var(--hint-ground)}
        .card.hint{border-left-color:var(--hint)}
        a{color:inherit}
        summary{cursor:pointer}
        details.card>summary .top{display:inline-flex;width:calc(100% - 1.5rem)}
        .actions{margin:.5rem 0 0;padding-left:1.4rem}.actions li{margin:.25rem 0}
        .verdict{font-size:1.15rem;font-weight:600}
        pre{margin:.2rem 0;white-space:pre-wrap}
        code{font:.9375em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
        dl{display:grid;grid-template-columns:auto 1fr;gap:.2rem .9rem;margin:.7rem 0 0}
        dt{color:var(--soft)}dd{margin:0}
        table{border-collapse:collapse;width:100%;margin-top:.9rem;overflow-wrap:break-word}
        th{text-align:left;font-weight:600;color:var(--soft);font-size:.875rem}
        th,td{padding:.35rem .75rem .35rem 0;border-top:1px solid var(--line);vertical-align:top}
        tbody th{font-size:1rem;color:var(--ink)}
        .paths{display:block;overflow-wrap:anywhere;font-size:.875rem;color:var(--soft)}
        .remarks{list-style:none;margin:.8rem 0 0;padding:0}
        .remarks li{border-top:1px solid var(--line);padding:.5rem 0 .1rem}
        .remarks b{color:var(--work);margin-right:.4rem}.remarks .note b{color:var(--soft)}
        .changes li{margin:.3rem 0}
        footer{padding-top:2rem;padding-bottom:2.5rem;font-size:.875rem;color:var(--soft)}
        @media (max-width:40rem){thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}table,tbody,tr,th,td{display:block}tr{border-top:1px solid var(--line);padding:.5rem 0}th,td{border:0;padding:.05rem 0}td[data-label]:not(:empty)::before{content:attr(data-label) ": ";color:var(--soft)}}
        @media print{:root{color-scheme:light}body{background:#fff}.card{break-inside:avoid}details::details-content{content-visibility:visible;block-size:auto}}
        """;

    public static string Write(ExposurePicture picture)
    {
        var page = new StringBuilder(16384);
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n<link rel=\"icon\" href=\"data:,\">\n<title>")
            .Append(Plain(picture.Title)).Append(": what this server offers</title>\n<style>\n").Append(Look).Append("\n</style>\n</head>\n<body>\n");
        page.Append("<header>\n<h1>").Append(Plain(picture.Title)).Append("</h1>\n<p class=\"soft\">What this server offers, and to whom. Stalwart ").Append(Plain(picture.Version)).Append(".</p>\n<ul class=\"counts\">\n");
        Count(page, picture.DoorsToOthers, "listener others reach", "listeners others reach");
        Count(page, picture.Keyholders.Count, "administrator in the file", "administrators in the file");
        Count(page, picture.RemarkCount, "finding", "findings");
        page.Append("</ul>\n</header>\n<main>\n");
        Verdict(page, picture);
        if (picture.Difference is { } difference)
            Write(page, difference);
        page.Append("<section aria-labelledby=\"listeners\">\n<h2 id=\"listeners\">Listeners</h2>\n");
        if (picture.Doors.Count == 0)
            page.Append("<p>The file declares no listener that the server starts.</p>\n");
        page.Append("<div class=\"doors\">\n");
        foreach (var door in picture.Doors)
            Write(page, door);
        page.Append("</div>\n</section>\n<section aria-labelledby=\"administrators\">\n<h2 id=\"administrators\">Administrators in the file</h2>\n");
        if (picture.Keyholders.Count == 0)
            page.Append("<p>None. A directory elsewhere may have some.</p>\n");
        else
            page.Append("<div class=\"doors\">\n");
        foreach (var keyholder in picture.Keyholders)
        {
            page.Append("<article class=\"card ").Append(keyholder.Remarks.Count > 0 ? "work" : "fine").Append("\">\n<h3>").Append(Plain(keyholder.Name)).Append("</h3>\n<p>").Append(Plain(keyholder.Kind)).Append(": ").Append(Plain(keyholder.Powers)).Append(".</p>\n");
            Write(page, keyholder.Remarks);
            page.Append("</article>\n");
        }

        page.Append(picture.Keyholders.Count == 0 ? "</section>\n" : "</div>\n</section>\n");
        if (picture.Remarks.Count > 0)
        {
            page.Append("<section aria-labelledby=\"also\">\n<h2 id=\"also\">Other findings</h2>\n<div class=\"card\">\n");
            Write(page, picture.Remarks);
            page.Append("</div>\n</section>\n");
        }

        Lines(page, picture);
        page.Append("</main>\n<footer>\n<p>");
        foreach (var (tone, meaning) in Legend)
            page.Append("<span class=\"tag ").Append(ToneText.Name(tone)).Append("\">").Append(ToneText.Of(tone)).Append("</span> ").Append(meaning).Append("<br>");
        page.Append("</p>\n<p>“Everybody” means everybody whom no firewall keeps out. Access control does not apply to requests from the machine itself.</p>\n</footer>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static readonly (Tone Tone, string Meaning)[] Legend =
    [
        (Tone.NeedsWork, "a rule reports it"),
        (Tone.Unknown, "depends on what the file does not show"),
        (Tone.Suggestion, "safe to serve; close it if it is unused"),
        (Tone.Closed, "unreachable from other machines"),
        (Tone.Fine, "nothing to do"),
    ];

    private static void Count(StringBuilder page, int count, string one, string several) =>
        page.Append("<li><b>").Append(count.ToString(CultureInfo.InvariantCulture)).Append("</b>").Append(count == 1 ? one : several).Append("</li>\n");

    private static void Verdict(StringBuilder page, ExposurePicture picture)
    {
        page.Append("<section aria-labelledby=\"verdict\">\n<h2 id=\"verdict\">Verdict</h2>\n<div class=\"card ").Append(ToneText.Name(picture.Tone)).Append("\">\n<p class=\"verdict\">").Append(Plain(picture.Verdict)).Append("</p>\n");
        if (picture.Actions.Count > 0)
        {
            page.Append("<ol class=\"actions\">\n");
            foreach (var action in picture.Actions)
            {
                page.Append("<li>").Append(Plain(action.Title)).Append(' ');
                Reference(page, action);
                page.Append("</li>\n");
            }

            page.Append("</ol>\n");
        }

        page.Append("</div>\n</section>\n");
    }

    // The rule's page, and the line below, which the page carries itself.
    private static void Reference(StringBuilder page, Remark remark)
    {
        if (remark.Link.Length > 0)
            page.Append("<a href=\"").Append(Plain(remark.Link)).Append("\">").Append(Plain(remark.RuleId)).Append("</a>");
        else
            page.Append(Plain(remark.RuleId));
        page.Append(", <a href=\"#").Append(Anchor(remark.Place)).Append("\">").Append(Plain(remark.Place.ToString())).Append("</a>");
    }

    private static string Anchor(PictureLine line) =>
        line.File.Length == 0 ? FormattableString.Invariant($"line-{line.Number}") : FormattableString.Invariant($"{Uri.EscapeDataString(line.File)}-line-{line.Number}");

    private static void Lines(StringBuilder page, ExposurePicture picture)
    {
        if (picture.Lines.Count == 0)
            return;
        page.Append("<section aria-labelledby=\"lines\">\n<h2 id=\"lines\">Lines</h2>\n<div class=\"card\">\n");
        foreach (var (line, text) in picture.Lines)
            page.Append("<pre id=\"").Append(Anchor(line)).Append("\"><span class=\"soft\">").Append(line.File.Length == 0 ? "" : Plain(line.File) + ":").Append(line.Number.ToString(CultureInfo.InvariantCulture)).Append("</span>  <code>").Append(Plain(text)).Append("</code></pre>\n");
        page.Append("</div>\n</section>\n");
    }

    private static void Write(StringBuilder page, ExposureDifference difference)
    {
        page.Append("<section aria-labelledby=\"changes\">\n<h2 id=\"changes\">What the change does</h2>\n<div class=\"card\">\n");
        if (difference.Opened.Count + difference.Closed.Count + difference.Moved.Count == 0)
            page.Append("<p>It opens nothing and closes nothing.</p>\n");
        else
            page.Append("<ul class=\"changes\">\n");
        foreach (var change in difference.Opened)
            page.Append("<li><span class=\"tag work\">opens</span> ").Append(Plain(ChangeText.Of(change))).Append("</li>\n");
        foreach (var change in difference.Closed)
            page.Append("<li><span class=\"tag fine\">closes</span> ").Append(Plain(ChangeText.Of(change))).Append("</li>\n");
        foreach (var change in difference.Moved)
            page.Append("<li><span class=\"tag unknown\">moves</span> ").Append(Plain(ChangeText.Of(change))).Append("</li>\n");
        page.Append(difference.Opened.Count + difference.Closed.Count + difference.Moved.Count == 0 ? "</div>\n</section>\n" : "</ul>\n</div>\n</section>\n");
    }

    private static void Write(StringBuilder page, Door door)
    {
        // What is in order is folded: there is nothing to do about it.
        var isFolded = door.Tone is not (Tone.NeedsWork or Tone.Unknown);
        page.Append(isFolded ? "<details class=\"card " : "<article class=\"card ").Append(ToneText.Name(door.Tone)).Append(door.Services.Count > 0 ? " wide" : "").Append(isFolded ? "\">\n<summary>" : "\">\n").Append("<div class=\"top\"><h3>").Append(Plain(door.Protocol)).Append(" <span class=\"soft\">").Append(Plain(door.Name)).Append("</span></h3>");
        Tag(page, door.Tone);
        page.Append(isFolded ? "</div></summary>\n<dl>\n" : "</div>\n<dl>\n");
        foreach (var (address, reach) in door.Addresses)
            page.Append("<dt><code>").Append(Plain(address)).Append("</code></dt><dd>for ").Append(Plain(reach)).Append("</dd>\n");
        if (door.Addresses.Count == 0)
            page.Append("<dt>Address</dt><dd>none: it never starts</dd>\n");
        page.Append("</dl>\n<p>").Append(Sentence(door.Encryption)).Append("; ").Append(Plain(door.Passwords)).Append(".</p>\n");
        Write(page, door.Remarks);
        Table(page, [.. door.Services.Where(static service => service.Tone is Tone.NeedsWork or Tone.Unknown)]);
        var inOrder = door.Services.Where(static service => service.Tone is not (Tone.NeedsWork or Tone.Unknown)).ToList();
        if (inOrder.Count > 0)
        {
            page.Append("<details>\n<summary>").Append(inOrder.Count.ToString(CultureInfo.InvariantCulture)).Append(inOrder.Count == 1 ? " service" : " services").Append(" in order or closed</summary>\n");
            Table(page, inOrder);
            page.Append("</details>\n");
        }

        page.Append(isFolded ? "</details>\n" : "</article>\n");
    }

    private static void Table(StringBuilder page, List<Service> services)
    {
        if (services.Count == 0)
            return;
        page.Append("<table>\n<thead><tr><th scope=\"col\">Service</th><th scope=\"col\">Let through</th><th scope=\"col\">Asks for</th><th scope=\"col\">State</th></tr></thead>\n<tbody>\n");
        foreach (var service in services)
        {
            page.Append("<tr><th scope=\"row\">").Append(Plain(service.Name));
            if (service.Paths.Count > 0)
                page.Append("<span class=\"paths\"><code>").AppendJoin("</code> <code>", service.Paths.Select(Plain)).Append("</code></span>");
            page.Append("</th><td data-label=\"Let through\">").Append(Plain(service.Access)).Append("</td><td data-label=\"Asks for\">").Append(Plain(service.Need)).Append("</td><td>");
            Tag(page, service.Tone);
            page.Append("</td></tr>\n");
        }

        page.Append("</tbody>\n</table>\n");
    }

    private static void Write(StringBuilder page, IReadOnlyList<Remark> remarks)
    {
        if (remarks.Count == 0)
            return;
        page.Append("<ul class=\"remarks\">\n");
        foreach (var remark in remarks)
        {
            page.Append(remark.Severity < RuleSeverity.Warning ? "<li class=\"note\"><b>" : "<li><b>");
            Reference(page, remark);
            page.Append("</b>").Append(Plain(remark.Message)).Append("</li>\n");
        }

        page.Append("</ul>\n");
    }

    private static void Tag(StringBuilder page, Tone tone) =>
        page.Append("<span class=\"tag ").Append(ToneText.Name(tone)).Append("\">").Append(ToneText.Of(tone)).Append("</span>");

    private static string Sentence(string text) => Plain(char.ToUpperInvariant(text[0]) + text[1..]);

    /// <summary>Text that says the same in HTML and in SVG, in attributes too.</summary>
    internal static string Plain(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '"' => result.Append("&quot;"),
                '\'' => result.Append("&#39;"),
                _ => result.Append(c),
            };
        }

        return result.ToString();
    }
}
