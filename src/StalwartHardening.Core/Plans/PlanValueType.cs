namespace StalwartHardening.Plans;

/// <summary>How a field's value is built.</summary>
internal enum PlanShape
{
    /// <summary>One text, number or truth value.</summary>
    Scalar,

    /// <summary>An object of members that are <c>true</c>.</summary>
    Set,

    /// <summary>An object whose names are numbers and say the order.</summary>
    List,

    /// <summary>An object of names and values.</summary>
    Map,

    /// <summary>An object with fields of its own.</summary>
    Object,
}

/// <summary>What a single value says.</summary>
internal enum PlanScalar
{
    /// <summary>A text that is not empty.</summary>
    Text,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A whole number from 0.</summary>
    Unsigned,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Float,

    /// <summary>A number of milliseconds, more than 0.</summary>
    Duration,

    /// <summary>A point in time, RFC 3339.</summary>
    DateTime,

    /// <summary>One word of a list.</summary>
    Enum,

    /// <summary>The id of another object.</summary>
    ObjectId,

    /// <summary>An IP address.</summary>
    IpAddress,

    /// <summary>An IP address or a network whose prefix has at least 8 bits.</summary>
    IpNetwork,

    /// <summary>An IP address and a port.</summary>
    SocketAddress,

    /// <summary>An e-mail address.</summary>
    EmailAddress,
}

/// <summary>The type of a field, as the server's schema writes it: <c>set&lt;enum:Permission&gt;</c>.</summary>
internal sealed class PlanValueType
{
    private PlanValueType(PlanShape shape, PlanScalar scalar, string? name, PlanScalar valueScalar = default, string? valueName = null, bool valueIsObject = false)
    {
        Shape = shape;
        Scalar = scalar;
        Name = name;
        ValueScalar = valueScalar;
        ValueName = valueName;
        ValueIsObject = valueIsObject;
    }

    /// <summary>How the value is built.</summary>
    public PlanShape Shape { get; }

    /// <summary>What a single value, a member of a set or a name of a map says.</summary>
    public PlanScalar Scalar { get; }

    /// <summary>The name of the enumeration, of the object referred to, of the elements' or the value's own type.</summary>
    public string? Name { get; }

    /// <summary>What the values of a map say.</summary>
    public PlanScalar ValueScalar { get; }

    /// <summary>The name that belongs to <see cref="ValueScalar"/>, or the type of a map's values.</summary>
    public string? ValueName { get; }

    /// <summary>Whether the values of a map are objects.</summary>
    public bool ValueIsObject { get; }

    internal static PlanValueType Parse(string text)
    {
        if (text.StartsWith("object:", StringComparison.Ordinal))
            return new PlanValueType(PlanShape.Object, default, text.Substring(7));
        if (text.StartsWith("list:", StringComparison.Ordinal))
            return new PlanValueType(PlanShape.List, default, text.Substring(5));
        if (text.StartsWith("set<", StringComparison.Ordinal))
        {
            var scalar = Scalars(text.Substring(4, text.Length - 5), out var name);
            return new PlanValueType(PlanShape.Set, scalar, name);
        }

        if (text.StartsWith("map<", StringComparison.Ordinal))
        {
            var comma = text.IndexOf(',');
            var key = Scalars(text.Substring(4, comma - 4), out var name);
            var value = text.Substring(comma + 1, text.Length - comma - 2);
            if (value.StartsWith("object:", StringComparison.Ordinal))
                return new PlanValueType(PlanShape.Map, key, name, default, value.Substring(7), valueIsObject: true);
            var valueScalar = Scalars(value, out var valueName);
            return new PlanValueType(PlanShape.Map, key, name, valueScalar, valueName);
        }

        var single = Scalars(text, out var singleName);
        return new PlanValueType(PlanShape.Scalar, single, singleName);
    }

    private static PlanScalar Scalars(string text, out string? name)
    {
        var colon = text.IndexOf(':');
        name = colon < 0 ? null : text.Substring(colon + 1);
        return (colon < 0 ? text : text.Substring(0, colon)) switch
        {
            "boolean" => PlanScalar.Boolean,
            "unsignedInteger" or "size" => PlanScalar.Unsigned,
            "integer" => PlanScalar.Integer,
            "float" => PlanScalar.Float,
            "duration" => PlanScalar.Duration,
            "utcDateTime" => PlanScalar.DateTime,
            "enum" => PlanScalar.Enum,
            "objectId" => PlanScalar.ObjectId,
            "ipAddress" => PlanScalar.IpAddress,
            "ipNetwork" => PlanScalar.IpNetwork,
            "socketAddress" => PlanScalar.SocketAddress,
            "emailAddress" => PlanScalar.EmailAddress,
            _ => PlanScalar.Text,
        };
    }
}
