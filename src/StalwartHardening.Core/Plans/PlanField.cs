namespace StalwartHardening.Plans;

/// <summary>A field of a type of the server's schema.</summary>
internal sealed class PlanField
{
    private PlanType? _valueType;
    private PlanEnumeration? _enum;
    private PlanValue? _default;

    internal PlanField(PlanSchema schema, string owner, string name, string type, string flags, string limits, string defaultText, int ordinal)
    {
        Schema = schema;
        Name = name;
        Type = PlanValueType.Parse(type);
        Ordinal = ordinal;
        IsNullable = flags.IndexOf('n') >= 0;
        IsImmutable = flags.IndexOf('i') >= 0;
        IsServerSet = flags.IndexOf('s') >= 0;

        // A one-time password's address holds its secret.
        IsSecret = flags.IndexOf('x') >= 0 || name == "otpAuth";
        Spelling = (owner, name) switch
        {
            ("Domain", "name") => PlanSpelling.Domain,
            ("Account" or "EmailAlias" or "MailingList", "name") => PlanSpelling.LocalPart,
            _ => PlanSpelling.AsWritten,
        };
        DefaultText = defaultText;
        foreach (var limit in limits.Split([';'], StringSplitOptions.RemoveEmptyEntries))
        {
            var value = limit.Substring(limit.IndexOf('=') + 1);
            var number = limit[0] == 'v' ? 0 : double.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
            switch (limit[0])
            {
                case 'm':
                    Minimum = number;
                    break;
                case 'M':
                    Maximum = number;
                    break;
                case 'c':
                    MinimumCount = (int)number;
                    break;
                case 'l':
                    MaximumLength = (int)number;
                    break;
                case 'v':
                    SincePatch = int.Parse(value.Substring(value.LastIndexOf('.') + 1), System.Globalization.CultureInfo.InvariantCulture);
                    break;
            }
        }
    }

    internal PlanSchema Schema { get; }

    /// <summary>The field's name.</summary>
    public string Name { get; }

    /// <summary>What its value is.</summary>
    public PlanValueType Type { get; }

    /// <summary>Its place among the fields of its type.</summary>
    internal int Ordinal { get; }

    /// <summary>Whether <c>null</c> clears it.</summary>
    public bool IsNullable { get; }

    /// <summary>Whether only a new object takes it.</summary>
    public bool IsImmutable { get; }

    /// <summary>Whether only the server writes it.</summary>
    public bool IsServerSet { get; }

    /// <summary>Whether its text is a secret.</summary>
    public bool IsSecret { get; }

    /// <summary>Whether its value is an object that holds a secret or says where one is.</summary>
    internal bool IsSecretObject => Type.Shape == PlanShape.Object && (Type.Name!.StartsWith("SecretKey", StringComparison.Ordinal) || Type.Name.StartsWith("SecretText", StringComparison.Ordinal));

    /// <summary>Whether programs have a property for it: what only the server writes is of use only to find an object again.</summary>
    /// <param name="owner">The type it is a field of.</param>
    internal bool IsTyped(PlanType owner) => !IsServerSet || owner.Kind == PlanTypeKind.Object && (Name == owner.Label || Name == "emailAddress");

    /// <summary>How the server spells the text.</summary>
    internal PlanSpelling Spelling { get; }

    /// <summary>The least number allowed.</summary>
    public double? Minimum { get; }

    /// <summary>The greatest number allowed.</summary>
    public double? Maximum { get; }

    /// <summary>The least number of members or elements.</summary>
    public int MinimumCount { get; }

    /// <summary>The greatest length of a text; 0 where there is none.</summary>
    public int MaximumLength { get; }

    /// <summary>The patch of 0.16 that brought it; 0 where every one has it.</summary>
    public int SincePatch { get; }

    /// <summary>The default as JSON; empty where the server has none.</summary>
    public string DefaultText { get; }

    /// <summary>Whether the server may refuse the default: something is missing.</summary>
    internal bool IsChecked => _isChecked ??= !IsServerSet && Name != "accountId" && (MinimumCount > 0 || Default is { Kind: PlanValueKind.Text, Content: "" } || (Minimum is not null && Default.Kind == PlanValueKind.Number) || (Type.Shape == PlanShape.Object && Default is { Kind: PlanValueKind.Object, Type.Name: not "Expression" } && Default.Type.Fields.Any(inner => inner.IsChecked)));

    private bool? _isChecked;

    /// <summary>The type of the value (of the elements, of a map's values) where it has fields of its own.</summary>
    public PlanType? ValueType => _valueType ??= Type.Shape is PlanShape.Object or PlanShape.List ? Schema.FindType(Type.Name!) : Type.ValueIsObject ? Schema.FindType(Type.ValueName!) : null;

    /// <summary>The words allowed (as members of a set, as names of a map).</summary>
    public PlanEnumeration? Enum => _enum ??= Type.Scalar == PlanScalar.Enum && Type.Name is { } name ? Schema.FindEnum(name) : null;

    /// <summary>The value of an object that nobody gave one. Shared; nobody changes it.</summary>
    public PlanValue Default => _default ??= PlanDefaults.Of(this);
}

/// <summary>How the server spells a text before it stores it.</summary>
internal enum PlanSpelling
{
    AsWritten,
    Domain,
    LocalPart,
}
