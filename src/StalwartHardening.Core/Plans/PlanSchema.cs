using System.Text;

namespace StalwartHardening.Plans;

/// <summary>
/// Every object, field and enumeration of the server since 0.16, from <see cref="SchemaData"/>. Nothing is read before somebody
/// asks, and then only the types that are asked for.
/// </summary>
internal sealed class PlanSchema
{
    private static PlanSchema? s_instance;

    private readonly NameTable _typeTable;
    private readonly (int Start, int End)[] _typePlaces;
    private readonly PlanType?[] _types;
    private readonly NameTable _enumTable;
    private readonly (int Start, int End)[] _enumPlaces;
    private readonly PlanEnumeration?[] _enums;

    private PlanSchema()
    {
        var text = SchemaData.Text;
        var typeNames = new List<string>();
        var enumNames = new List<string>();
        var typePlaces = new List<(int, int)>();
        var enumPlaces = new List<(int, int)>();
        var position = 0;
        while (position < text.Length)
        {
            // An entry goes on to the next line that begins with T or E.
            var end = position;
            do
            {
                var line = text.Slice(end).IndexOf((byte)'\n');
                end = line < 0 ? text.Length : end + line + 1;
            }
            while (end < text.Length && text[end] is not ((byte)'T' or (byte)'E'));

            var header = text.Slice(position + 1, end - position - 1);
            var name = Encoding.UTF8.GetString(header.Slice(0, header.IndexOfAny((byte)'\t', (byte)'\n')).ToArray());
            (text[position] == 'T' ? typeNames : enumNames).Add(name);
            (text[position] == 'T' ? typePlaces : enumPlaces).Add((position, end));
            position = end;
        }

        _typeTable = new NameTable([.. typeNames], ignoresCase: true);
        _typePlaces = [.. typePlaces];
        _types = new PlanType?[_typePlaces.Length];
        _enumTable = new NameTable([.. enumNames]);
        _enumPlaces = [.. enumPlaces];
        _enums = new PlanEnumeration?[_enumPlaces.Length];
        TypeNames = typeNames;
    }

    /// <summary>The schema.</summary>
    public static PlanSchema Instance => Volatile.Read(ref s_instance) ?? Interlocked.CompareExchange(ref s_instance, new PlanSchema(), null) ?? s_instance!;

    /// <summary>The names of all types, embedded ones included.</summary>
    public IReadOnlyList<string> TypeNames { get; }

    /// <summary>Number of types.</summary>
    internal int TypeCount => _types.Length;

    /// <summary>Finds an object or singleton by the name that a plan gives it: letters' case does not count, <c>x:</c> may be before it.</summary>
    public PlanType? FindObject(ReadOnlySpan<char> name)
    {
        name = name.Trim();
        if (name.Length > 2 && name[0] is 'x' or 'X' && name[1] == ':')
            name = name.Slice(2);

        // Account/User is a view: only 'stalwart-cli create' takes it.
        if (name.IndexOf('/') >= 0)
            return null;
        var type = FindType(name);
        return type?.Kind == PlanTypeKind.Embedded ? null : type;
    }

    // The collections of JMAP: data of users, no configuration.
    private static readonly string[] s_collections = ["AddressBook", "Calendar", "Mailbox", "Principal", "SieveScript", "VacationResponse"];

    /// <summary>Whether a type is a collection of users' data: programs have no class for it.</summary>
    internal static bool IsCollection(string type) => Array.IndexOf(s_collections, type) >= 0;

    // Every field that is a secret on its own.
    private static readonly string[] s_secrets = ["secret", "currentSecret", "accountKey", "eabHmacKey", "otpAuth", "otpCode"];

    /// <summary>Whether a path leads to a text that is a secret.</summary>
    internal static bool IsSecretName(string path) => Array.IndexOf(s_secrets, path.Substring(path.LastIndexOf('/') + 1)) >= 0;

    /// <summary>Finds a type by its name.</summary>
    public PlanType? FindType(string name) => FindType(name.AsSpan());

    private PlanType? FindType(ReadOnlySpan<char> name)
    {
        // A reference may name a variant: Account/Group.
        if (name.IndexOf('/') is > 0 and var slash)
            return FindType(name.Slice(0, slash))?.FindVariant(name.Slice(slash + 1));
        var index = _typeTable.IndexOf(name);
        return index < 0 ? null : TypeAt(index);
    }

    /// <summary>The type at a place.</summary>
    internal PlanType TypeAt(int index) => Volatile.Read(ref _types[index]) ?? Interlocked.CompareExchange(ref _types[index], ReadType(index), null) ?? _types[index]!;

    /// <summary>Finds an enumeration by its name.</summary>
    public PlanEnumeration? FindEnum(string name)
    {
        var index = _enumTable.IndexOf(name.AsSpan());
        if (index < 0)
            return null;
        return Volatile.Read(ref _enums[index]) ?? Interlocked.CompareExchange(ref _enums[index], ReadEnum(index), null) ?? _enums[index]!;
    }

    private PlanEnumeration ReadEnum(int index)
    {
        var lines = Lines(_enumPlaces[index]);
        return new PlanEnumeration(lines[0].Substring(1), lines.Length > 1 ? lines[1].Substring(1).Split('\t') : []);
    }

    // T name kind label / I property unique text / V variant / F name type flags limits default
    private PlanType ReadType(int index)
    {
        var name = "";
        var kind = PlanTypeKind.Embedded;
        var label = "";
        var fields = new List<PlanField>();
        var indexes = new List<PlanIndex>();
        var variants = new List<(string, PlanField[])>();
        string? variant = null;
        foreach (var line in Lines(_typePlaces[index]))
        {
            var cells = line.Substring(1).Split('\t');
            switch (line[0])
            {
                case 'T':
                    name = cells[0];
                    kind = cells[1] switch
                    {
                        "o" => PlanTypeKind.Object,
                        "s" => PlanTypeKind.Singleton,
                        _ => PlanTypeKind.Embedded,
                    };
                    label = cells[2];
                    break;
                case 'I':
                    indexes.Add(new PlanIndex(cells[0], cells[1] == "u", cells[2] == "t"));
                    break;
                case 'V':
                    if (variant is not null)
                        variants.Add((variant, [.. fields]));
                    fields.Clear();
                    variant = cells[0];
                    break;
                case 'F':
                    fields.Add(new PlanField(this, name, cells[0], cells[1], cells[2], cells[3], cells[4], fields.Count));
                    break;
            }
        }

        if (variant is not null)
        {
            variants.Add((variant, [.. fields]));
            fields.Clear();
        }

        return new PlanType(name, kind, label, index, [.. fields], [.. variants], [.. indexes]);
    }

    private static string[] Lines((int Start, int End) place) =>
        Encoding.UTF8.GetString(SchemaData.Text.Slice(place.Start, place.End - place.Start).ToArray()).Split(['\n'], StringSplitOptions.RemoveEmptyEntries);
}
