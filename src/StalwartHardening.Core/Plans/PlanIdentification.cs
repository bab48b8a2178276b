namespace StalwartHardening.Plans;

/// <summary>Tells by what a text says whether a Stalwart server or its tool reads it.</summary>
internal static class PlanIdentification
{
    private static readonly string[] s_verbs = ["upsert", "reconcile", "update", "create", "destroy"];
    private static readonly string[] s_quotedVerbs = [.. s_verbs.Select(static verb => "\"" + verb + "\"")];

    /// <summary>Whether it is worth reading the text as a plan: cheap, and never wrong when it says no.</summary>
    public static bool MayBePlan(string text) =>
        (text.IndexOf("\"object\"", StringComparison.Ordinal) >= 0 && text.IndexOf("\"value\"", StringComparison.Ordinal) >= 0)
        || (text.IndexOf("@type", StringComparison.Ordinal) >= 0 && (text.IndexOf("object", StringComparison.Ordinal) >= 0 || s_quotedVerbs.Any(verb => text.IndexOf(verb, StringComparison.OrdinalIgnoreCase) >= 0) || PlanSchema.Instance.FindType("DataStore")!.Variants.Any(variant => text.IndexOf(variant.Variant!, StringComparison.Ordinal) >= 0)));

    /// <summary>What a text is.</summary>
    public static PlanTextKind Of(string text) => MayBePlan(text) ? Of(PlanText.Read(text)) : PlanTextKind.NotOurs;

    /// <summary>What a text is that has been read.</summary>
    public static PlanTextKind Of(PlanText text) => text.Kind ??= Identify(text);

    private static PlanTextKind Identify(PlanText text)
    {
        var json = text.Json;
        var operations = 0;
        var isSnapshot = true;
        var hasBodies = false;
        foreach (var line in text.Lines)
        {
            if (json.Kind(line.Node) != JsonKind.Object)
                continue;
            var verb = json.Find(line.Node, "@type");
            var isVerb = verb >= 0 && json.Kind(verb) == JsonKind.Text && IsVerb(json.Value(verb));
            var hasObject = json.Find(line.Node, "object") >= 0;
            if (!isVerb && !(hasObject && (verb >= 0 || json.Find(line.Node, "value") >= 0)))
            {
                isSnapshot = false;
                continue;
            }

            // Only a verb, or only an object's name that nobody else has, may belong to somebody else.
            if (isVerb && (hasObject || json.Find(line.Node, "value") >= 0))
                operations++;
            else if (hasObject && json.Find(line.Node, "object") is var named && json.Kind(named) == JsonKind.Text && PlanSchema.Instance.FindObject(json.Value(named).AsSpan()) is not null)
                operations++;
            isSnapshot = isSnapshot && IsSnapshotLine(json, line.Node, ref hasBodies);
        }

        // A script that holds a plan is a script: most of its lines are no JSON.
        if (string.CompareOrdinal(text.Text, text.Start, "#!", 0, 2) == 0 || text.Problems.Count(problem => text.Text[Math.Min(problem.Span.Start, text.Text.Length - 1)] != '#') > operations + 2)
            operations = 0;
        // A script may hold plans; it is none itself.
        if (operations > 0 && !BeginsWithValue(text.Own))
            return PlanTextKind.NotOurs;
        if (operations > 0)
            return isSnapshot && hasBodies ? PlanTextKind.Snapshot : PlanTextKind.Plan;
        if (text.Lines.Count == 1 && text.Problems.Count <= 1 && json.Kind(text.Lines[0].Node) == JsonKind.Object && json.Find(text.Lines[0].Node, "@type") is >= 0 and var type && json.Kind(type) == JsonKind.Text
            && PlanSchema.Instance.FindType("DataStore")!.FindVariant(json.Value(type).AsSpan()) is { } store && LooksLike(json, text.Lines[0].Node, store))
            return PlanTextKind.DataStore;

        // A template may write every operation in its statements.
        return text.HasTemplateStatements && text.Own is var own && s_verbs.Any(verb => own.IndexOf("\"" + verb + "\"", StringComparison.Ordinal) >= 0 || own.IndexOf("'" + verb + "'", StringComparison.Ordinal) >= 0) ? PlanTextKind.Plan : PlanTextKind.NotOurs;
    }

    private static bool IsVerb(string word)
    {
        foreach (var verb in s_verbs)
        {
            if (string.Equals(verb, word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>
    /// How many operations a text certainly holds: each says what it does, and to what object of the server. 0 where a line of it is
    /// something else, so that nobody takes somebody else's JSON for a plan whatever surrounds it.
    /// </summary>
    public static int CountCertainOperations(PlanText text)
    {
        var count = 0;
        foreach (var line in text.Lines)
        {
            var json = text.Json;
            if (json.Kind(line.Node) != JsonKind.Object
                || json.Find(line.Node, "@type") is not (>= 0 and var verb)
                || json.Kind(verb) != JsonKind.Text
                || !s_verbs.Contains(json.Value(verb), StringComparer.Ordinal)
                || json.Find(line.Node, "object") is not (>= 0 and var named)
                || json.Kind(named) != JsonKind.Text
                || PlanSchema.Instance.FindObject(json.Value(named).AsSpan()) is null)
                return 0;
            count++;
        }

        return text.Problems.Count > count ? 0 : count;
    }

    /// <summary>Whether the first thing after blank lines, comments and a template's statements is a value, or a placeholder for one; or there is nothing.</summary>
    internal static bool BeginsWithValue(string text)
    {
        var position = 0;
        while (position < text.Length)
        {
            var c = text[position];
            if (char.IsWhiteSpace(c) || c == '\uFEFF')
            {
                position++;
            }
            else if (c == '#' && !(position == 0 && text.StartsWith("#!", StringComparison.Ordinal)))
            {
                var end = text.IndexOf('\n', position);
                position = end < 0 ? text.Length : end;
            }
            else if (c == '{' && position + 1 < text.Length && text[position + 1] is '%' or '#')
            {
                var end = text.IndexOf(text[position + 1] == '%' ? "%}" : "#}", position + 2, StringComparison.Ordinal);
                position = end < 0 ? text.Length : end + 2;
            }
            else
            {
                return c is '{' or '[' || TemplatePlaceholder.IsHole(c);
            }
        }

        return true;
    }

    /// <summary>
    /// Whether a text tries to be JSON, however broken: it begins as an object, or as an array of them. No TOML begins like that; a
    /// template's statement does, <c>{{ x }}</c>, and may write anything.
    /// </summary>
    internal static bool TriesToBeJson(string text)
    {
        var position = 0;
        var first = NextOf(text, ref position);
        if (first == '[')
            first = NextOf(text, ref position);
        return first == '{' && NextOf(text, ref position) is not '{' and not '%' and not '#';
    }

    private static char NextOf(string text, ref int position)
    {
        while (position < text.Length && (char.IsWhiteSpace(text[position]) || text[position] == '\uFEFF'))
            position++;
        return position < text.Length ? text[position++] : '\0';
    }

    // Every field but @type is one of the variant's.
    private static bool LooksLike(JsonText json, int node, PlanType variant)
    {
        for (int member = JsonText.First(node), end = json.End(node); member < end; member = json.Next(member))
        {
            if (!json.NameIs(member, "@type") && variant.FindField(json.Name(member).AsSpan()) is null)
                return false;
        }

        return true;
    }

    // Ids that the server gave, and bodies that list (nearly) every field: nobody writes that.
    private static bool IsSnapshotLine(JsonText json, int node, ref bool hasBodies)
    {
        var verb = json.Find(node, "@type");
        if (verb >= 0 && json.ValueIs(verb, "update"))
            return true;
        if (verb < 0 || !json.ValueIs(verb, "upsert"))
            return false;
        var named = json.Find(node, "object");
        var value = json.Find(node, "value");
        if (named < 0 || value < 0 || json.Kind(value) != JsonKind.Object || json.Kind(named) != JsonKind.Text)
            return false;

        // A server newer than the schema may have objects and variants that nobody here knows; what it says of the others counts.
        var type = PlanSchema.Instance.FindObject(json.Value(named).AsSpan());
        var prefix = (type?.Name ?? json.Value(named)).ToLowerInvariant() + "-";
        for (int body = JsonText.First(value), end = json.End(value); body < end; body = json.Next(body))
        {
            var id = json.Name(body);
            if (!id.StartsWith(prefix, StringComparison.Ordinal) || !ServerText.IsId(id.Substring(prefix.Length)) || json.Kind(body) != JsonKind.Object)
                return false;
            if (type is null)
                continue;
            var variant = type.HasVariants ? json.Find(body, "@type") is >= 0 and var which ? type.FindVariant(json.Value(which).AsSpan()) : null : type;
            if (variant is null)
                continue;
            var listed = 0;
            for (int member = JsonText.First(body), last = json.End(body); member < last; member = json.Next(member))
                listed++;
            var writable = variant.Fields.Count(field => field is { IsServerSet: false, IsSecret: false });
            if (listed * 2 < writable)
                return false;
            hasBodies = true;
        }

        return true;
    }
}
