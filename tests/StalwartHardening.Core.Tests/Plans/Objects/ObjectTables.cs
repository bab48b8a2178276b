namespace StalwartHardening.Tests.Plans.Objects;

/// <summary>The tables of the server's schema as the typed objects need them: types that can be written, with the fields that somebody other than the server writes.</summary>
internal sealed class ObjectTables
{
    private static readonly string Folder = Repository.PathOf("src", "StalwartHardening.Core", "Plans", "Schema");

    private ObjectTables(SortedDictionary<string, ObjectTable> types, SortedDictionary<string, IReadOnlyList<string>> enumerations)
    {
        Types = types;
        Enumerations = enumerations;
    }

    /// <summary>Objects, singletons and the types of their fields, by name.</summary>
    public SortedDictionary<string, ObjectTable> Types { get; }

    /// <summary>Enumerations and their words, in the server's order.</summary>
    public SortedDictionary<string, IReadOnlyList<string>> Enumerations { get; }

    public static ObjectTables Read()
    {
        var objects = Rows("objects.tsv").Where(row => row[0].StartsWith("x:", StringComparison.Ordinal)).ToDictionary(row => row[0][2..], row => row);
        var rows = Rows("schema.tsv").Concat(Rows("additions.tsv")).ToLookup(row => row[0].Split('/')[0]);
        var words = Rows("enums.tsv").ToLookup(row => row[0], row => row[1]);
        var types = new SortedDictionary<string, ObjectTable>(StringComparer.Ordinal);
        var enumerations = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var open = new Queue<string>(objects.Keys);
        while (open.TryDequeue(out var name))
        {
            if (types.ContainsKey(name))
                continue;
            var known = objects.GetValueOrDefault(name);
            var table = new ObjectTable(name, known?[1] ?? "embedded");
            types.Add(name, table);
            foreach (var variant in rows[name].GroupBy(row => row[0]))
            {
                var fields = new List<FieldTable>();
                foreach (var row in variant)
                {
                    var flags = row[4].Split(';');

                    // A JMAP collection and a settings object may share a name; plans know the latter.
                    if (row[1].Length == 0 || (table.Kind == "singleton" && flags[0] == "object"))
                        continue;

                    // What only the server writes is of use only to find an object again.
                    if (flags.Contains("serverSet") && (table.Kind != "object" || (row[1] != known?[3] && row[1] != "emailAddress")))
                        continue;
                    fields.Add(new FieldTable(row[1], row[2], row[3], flags));
                }

                if (variant.Key.Contains('/', StringComparison.Ordinal))
                    table.Variants.Add((variant.Key[(variant.Key.IndexOf('/', StringComparison.Ordinal) + 1)..], fields));
                else
                    table.Fields.AddRange(fields);
            }

            foreach (var part in table.AllFields.Where(static field => !field.IsSecret).SelectMany(static field => field.Type.Split('<', '>', ',')))
            {
                var type = part[(part.IndexOf(':', StringComparison.Ordinal) + 1)..];
                if (part.StartsWith("enum:", StringComparison.Ordinal))
                    enumerations[type] = [.. words[type]];
                else if (part.StartsWith("object:", StringComparison.Ordinal) || part.StartsWith("list:", StringComparison.Ordinal))
                    open.Enqueue(type);
            }
        }

        return new ObjectTables(types, enumerations);
    }

    private static IEnumerable<string[]> Rows(string file) => File.ReadLines(Path.Combine(Folder, file)).Skip(1).Select(line => line.Split('\t'));
}

/// <summary>One type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>object</c>, <c>singleton</c> or <c>embedded</c>.</param>
internal sealed record ObjectTable(string Name, string Kind)
{
    /// <summary>The fields of a type without variants.</summary>
    public List<FieldTable> Fields { get; } = [];

    public List<(string Name, List<FieldTable> Fields)> Variants { get; } = [];

    public IEnumerable<FieldTable> AllFields => Fields.Concat(Variants.SelectMany(static variant => variant.Fields));

    /// <summary>The fields that all variants have, and that say the same in each.</summary>
    public IReadOnlyList<FieldTable> Common => Variants.Count == 0 ? [] : [.. Variants[0].Fields.Where(one => Variants.All(variant => variant.Fields.Any(other => other.Name == one.Name && other.Type == one.Type)))];
}

/// <summary>One field.</summary>
internal sealed record FieldTable(string Name, string Type, string Default, string[] Flags)
{
    private static readonly string[] s_secrets = ["object:SecretKey", "object:SecretKeyOptional", "object:SecretText", "object:SecretTextOptional", "secret", "secretText"];

    /// <summary>Whether the value is a secret, or says where one is.</summary>
    public bool IsSecret => s_secrets.Contains(Type);

    public string? Flag(string name) => Flags.FirstOrDefault(flag => flag.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}
