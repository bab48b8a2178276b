using System.Text;
using StalwartHardening.Edits;

namespace StalwartHardening.Plans;

/// <summary>Changes of members where they are in a plan's text; everything around them stays.</summary>
internal static class PlanMemberEdits
{
    /// <summary>The object or array that directly holds a value; -1 where <paramref name="root"/> is the value.</summary>
    public static int ParentOf(JsonText json, int root, int node)
    {
        var parent = -1;
        var at = root;
        while (at != node)
        {
            parent = at;
            var member = JsonText.First(at);
            while (member < json.End(at) && json.Next(member) <= node)
                member = json.Next(member);
            if (member > node || member >= json.End(at))
                return -1;
            at = member;
        }

        return parent;
    }

    /// <summary>Takes a member away, and the comma that belongs to it.</summary>
    public static TextChange Remove(JsonText json, int parent, int node)
    {
        var span = json.MemberSpan(node);
        var next = json.Next(node);
        if (next < json.End(parent))
            return new TextChange(span.Start, json.NameSpan(next).Start - span.Start, "");
        var previous = -1;
        for (var member = JsonText.First(parent); member < node; member = json.Next(member))
            previous = member;
        var start = previous < 0 ? span.Start : json.Span(previous).End;
        return new TextChange(start, span.End - start, "");
    }

    /// <summary>Adds a member at the end of an object.</summary>
    public static TextChange Add(JsonText json, int parent, string name, string value, PlanJsonStyle style)
    {
        var last = -1;
        for (var member = JsonText.First(parent); member < json.End(parent); member = json.Next(member))
            last = member;
        var text = new StringBuilder();
        if (last >= 0)
            text.Append(style.Comma);
        PlanJson.AppendText(text, name);
        text.Append(style.Colon).Append(value);
        return new TextChange(last >= 0 ? json.Span(last).End : json.Span(parent).Start + 1, 0, text.ToString());
    }

    /// <summary>Gives a value another one.</summary>
    public static TextChange Replace(JsonText json, int node, string value)
    {
        var span = json.Span(node);
        return new TextChange(span.Start, span.Length, value);
    }

    /// <summary>Calls a set's member, which is in a set or at the end of a path, otherwise.</summary>
    public static TextChange? Rename(JsonText json, int node, string oldName, string newName)
    {
        var name = json.Name(node);
        var span = json.NameSpan(node);
        if (span.Length < 2 || json.Text[span.Start] != '"')
            return null;
        var path = "/" + PlanKey.Escape(oldName);
        var renamed = name == oldName ? newName
            : name.EndsWith(path, StringComparison.Ordinal) ? name.Substring(0, name.Length - path.Length + 1) + PlanKey.Escape(newName)
            : null;
        return renamed is null ? null : new TextChange(span.Start, span.Length, Quote(renamed));
    }

    /// <summary>A text as JSON writes it.</summary>
    public static string Quote(string text)
    {
        var json = new StringBuilder(text.Length + 2);
        PlanJson.AppendText(json, text);
        return json.ToString();
    }
}
