using System.Globalization;
using System.Net;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>Values of the framework that occur in settings: addresses, end points, durations, numbers, characters.</summary>
internal static class FrameworkValues
{
    public static Value? Of(ISymbol member)
    {
        if (!member.IsStatic || !IsFramework(member.ContainingType))
            return null;
        return (member.ContainingType.Name, member.Name) switch
        {
            // What ends a line matters to no setting.
            ("Environment", "NewLine") => new KnownValue("\n"),
            ("IPAddress", "Any") => new KnownValue(IPAddress.Any),
            ("IPAddress", "IPv6Any") => new KnownValue(IPAddress.IPv6Any),
            ("IPAddress", "Loopback") => new KnownValue(IPAddress.Loopback),
            ("IPAddress", "IPv6Loopback") => new KnownValue(IPAddress.IPv6Loopback),
            ("TimeSpan", "Zero") => new KnownValue(TimeSpan.Zero),
            ("String", "Empty") => new KnownValue(""),
            ("Boolean", "TrueString") => new KnownValue(bool.TrueString),
            ("Boolean", "FalseString") => new KnownValue(bool.FalseString),
            ("StringComparer", "Ordinal" or "InvariantCulture" or "CurrentCulture") => new KnownValue(StringComparer.Ordinal),
            ("StringComparer", "OrdinalIgnoreCase" or "InvariantCultureIgnoreCase" or "CurrentCultureIgnoreCase") => new KnownValue(StringComparer.OrdinalIgnoreCase),
            _ => null,
        };
    }

    /// <summary>What a value of the framework answers when it is asked for a property.</summary>
    public static Value? Of(string property, object content) => (content, property) switch
    {
        (IPEndPoint endPoint, "Port") => new KnownValue(endPoint.Port),
        (IPEndPoint endPoint, "Address") => new KnownValue(endPoint.Address),
        (TimeSpan span, "TotalSeconds") => new KnownValue(span.TotalSeconds),
        (TimeSpan span, "TotalMinutes") => new KnownValue(span.TotalMinutes),
        (TimeSpan span, "TotalHours") => new KnownValue(span.TotalHours),
        (TimeSpan span, "TotalDays") => new KnownValue(span.TotalDays),
        (TimeSpan span, "Hours") => new KnownValue(span.Hours),
        (TimeSpan span, "Minutes") => new KnownValue(span.Minutes),
        (Uri { IsAbsoluteUri: true } uri, "Host") => new KnownValue(uri.Host),
        (Uri { IsAbsoluteUri: true } uri, "Port") => new KnownValue(uri.Port),
        (Uri { IsAbsoluteUri: true } uri, "Scheme") => new KnownValue(uri.Scheme),
        (Uri { IsAbsoluteUri: true } uri, "Authority") => new KnownValue(uri.Authority),
        (UriBuilder uri, "Host") => new KnownValue(uri.Host),
        (UriBuilder uri, "Port") => new KnownValue(uri.Port),
        (UriBuilder uri, "Scheme") => new KnownValue(uri.Scheme),
        (UriBuilder uri, "Uri") => new KnownValue(uri.Uri),
        (Uri { IsAbsoluteUri: true } uri, "IsDefaultPort") => Value.Of(uri.IsDefaultPort),
        (Uri { IsAbsoluteUri: true } uri, "UserInfo") => new KnownValue(uri.UserInfo),
        (Uri { IsAbsoluteUri: true } uri, "Query") => new KnownValue(uri.Query),
        (Uri { IsAbsoluteUri: true } uri, "PathAndQuery") => new KnownValue(uri.PathAndQuery),
        (Uri { IsAbsoluteUri: true } uri, "AbsoluteUri") => new KnownValue(uri.AbsoluteUri),
        (Uri { IsAbsoluteUri: true } uri, "Segments") => new ListValue([.. uri.Segments.Select(static segment => Located.Of(new KnownValue(segment)))]),
        (Version version, "Build") => new KnownValue(version.Build),
        (DateTime date, "Year") => new KnownValue(date.Year),
        (DateTime date, "Month") => new KnownValue(date.Month),
        (DateTime date, "Day") => new KnownValue(date.Day),
        (Uri { IsAbsoluteUri: true } uri, "AbsolutePath") => new KnownValue(uri.AbsolutePath),
        (Uri uri, "OriginalString") => new KnownValue(uri.OriginalString),
        (Version version, "Major") => new KnownValue(version.Major),
        (Version version, "Minor") => new KnownValue(version.Minor),
        _ => null,
    };

    /// <summary>What an operator makes of two values of the framework; null where that is not known here.</summary>
    public static object? Combine(BinaryOperatorKind kind, object left, object right) => (kind, left, right) switch
    {
        (BinaryOperatorKind.Add, TimeSpan one, TimeSpan other) => one + other,
        (BinaryOperatorKind.Subtract, TimeSpan one, TimeSpan other) => one - other,
        (BinaryOperatorKind.Subtract, DateTime one, DateTime other) => one - other,
        (BinaryOperatorKind.Add, System.Xml.Linq.XNamespace space, string name) when System.Xml.XmlReader.IsName(name) && name.IndexOf(':') < 0 => space + name,
        (BinaryOperatorKind.LessThan, IComparable one, _) when HasOrder(left, right) => one.CompareTo(right) < 0,
        (BinaryOperatorKind.LessThanOrEqual, IComparable one, _) when HasOrder(left, right) => one.CompareTo(right) <= 0,
        (BinaryOperatorKind.GreaterThan, IComparable one, _) when HasOrder(left, right) => one.CompareTo(right) > 0,
        (BinaryOperatorKind.GreaterThanOrEqual, IComparable one, _) when HasOrder(left, right) => one.CompareTo(right) >= 0,
        _ => null,
    };

    private static bool HasOrder(object left, object right) => left is TimeSpan or DateTime or Version && left.GetType() == right.GetType();

    /// <summary>Sets a property of an object of the framework.</summary>
    public static void Set(KnownValue changed, string property, Value value)
    {
        switch (changed.Content, property, (value as KnownValue)?.Content)
        {
            case (IPEndPoint endPoint, "Port", int and >= 0 and <= 65535 and var port):
                endPoint.Port = port;
                break;
            case (IPEndPoint endPoint, "Address", IPAddress address):
                endPoint.Address = address;
                break;
            case (UriBuilder uri, "Port", int and >= -1 and <= 65535 and var port):
                uri.Port = port;
                break;
            case (UriBuilder uri, "Host", string host) when host.IndexOf(Settings.Setting.UnknownPart) < 0:
                uri.Host = host;
                break;
            case (UriBuilder uri, "Scheme", string scheme) when Uri.CheckSchemeName(scheme):
                uri.Scheme = scheme;
                break;
            default:
                changed.Forget();
                break;
        }
    }

    public static Value? Create(IMethodSymbol? constructor, Arguments arguments)
    {
        if (constructor is null || !IsFramework(constructor.ContainingType))
            return null;
        var contents = constructor.Parameters.Select(parameter => arguments.TryGetValue(parameter, out var argument) ? argument.Content : null).ToArray();
        return (constructor.ContainingType.Name, contents) switch
        {
            ("IPEndPoint", [IPAddress address, int port]) when port is >= 0 and <= 65535 => new KnownValue(new IPEndPoint(address, port)),
            ("IPEndPoint", [long address, int port]) when port is >= 0 and <= 65535 && address is >= 0 and <= uint.MaxValue => new KnownValue(new IPEndPoint(address, port)),
            ("Uri", [string text]) when Uri.TryCreate(text, UriKind.Absolute, out var uri) => new KnownValue(uri),
            ("Uri", [Uri { IsAbsoluteUri: true } root, string path]) when Uri.TryCreate(root, path, out var uri) => new KnownValue(uri),
            ("UriBuilder", [string text]) when Uri.TryCreate(text, UriKind.Absolute, out var uri) => new KnownValue(new UriBuilder(uri)),
            ("UriBuilder", [string scheme, string host]) when Uri.CheckSchemeName(scheme) => new KnownValue(new UriBuilder(scheme, host)),
            ("UriBuilder", [string scheme, string host, int port]) when Uri.CheckSchemeName(scheme) && port is >= -1 and <= 65535 => new KnownValue(new UriBuilder(scheme, host, port)),
            ("UriBuilder", []) => new KnownValue(new UriBuilder()),
            ("IPNetwork", [IPAddress address, int length]) when NetworkText.Create(address, length) is { HasHostBits: false } network => new KnownValue(network),
            ("IPAddress", [long address]) when address is >= 0 and <= uint.MaxValue => new KnownValue(new IPAddress(address)),
            ("DateTime", [int year, int month, int day]) when year is > 0 and < 10_000 && month is > 0 and <= 12 && day > 0 && day <= DateTime.DaysInMonth(year, month) => new KnownValue(new DateTime(year, month, day)),
            ("Version", [int major, int minor]) when major >= 0 && minor >= 0 => new KnownValue(new Version(major, minor)),
            ("Version", [int major, int minor, int build]) when major >= 0 && minor >= 0 && build >= 0 => new KnownValue(new Version(major, minor, build)),
            ("Version", [int major, int minor, int build, int revision]) when major >= 0 && minor >= 0 && build >= 0 && revision >= 0 => new KnownValue(new Version(major, minor, build, revision)),
            ("Version", [string text]) when Version.TryParse(text, out var version) => new KnownValue(version),
            ("TimeSpan", [int hours, int minutes, int seconds]) => Duration(() => new TimeSpan(hours, minutes, seconds)),
            ("TimeSpan", [int days, int hours, int minutes, int seconds]) => Duration(() => new TimeSpan(days, hours, minutes, seconds)),
            ("TimeSpan", [long ticks]) => new KnownValue(new TimeSpan(ticks)),
            _ => null,
        };
    }

    /// <summary>What a method of the framework answers; null where it is not one of those known here, or an argument is not.</summary>
    public static Answer? Call(IMethodSymbol method, Value receiver, IReadOnlyList<Value> arguments)
    {
        if (!IsFramework(method.ContainingType))
            return null;
        var contents = new object?[arguments.Count];
        for (var i = 0; i < contents.Length; i++)
            contents[i] = (arguments[i] as KnownValue)?.Content;
        if (method.IsStatic && method.Name is "CreateChecked" or "CreateTruncating" or "CreateSaturating" && contents is [{ } number] && Numbers.IsNumber(number))
            return Numbers.Convert(number, method.ContainingType.SpecialType) is { } converted ? new Answer(new KnownValue(converted)) : null;
        if (!method.IsStatic)
            return receiver is KnownValue { Content: { } content } ? Asked(method.Name, content, contents) : null;
        if (method.Name is "Parse" or "TryParse")
            return contents.Length > 0 && arguments[0] is KnownValue known && (known.Text is not null || known.Content is null) ? Parsed(method, known.Text, arguments.OfType<EnumValue>().FirstOrDefault(static argument => argument.Type.Name == "NumberStyles") is { } styles ? (NumberStyles)styles.Number : null) : null;
        var type = method.ContainingType;
        return type.Name switch
        {
            "Math" or "MathF" or "Int32" or "Int64" or "Double" => Mathematics(method.Name, contents),
            "Char" => Characters(method.Name, contents),
            "Convert" => Converted(method, arguments),
            "Uri" when method.Name == "TryCreate" => null,
            "IPAddress" when method.Name == "IsLoopback" && contents is [IPAddress address] => new Answer(Value.Of(IPAddress.IsLoopback(address))),
            "Path" when method.Name is "Combine" or "Join" && Array.TrueForAll(contents, static part => part is string) => new Answer(new KnownValue(string.Join("/", contents))),
            "TimeSpan" when contents.Length > 0 && contents[0] is int or long or double && contents.Skip(1).All(static rest => rest is 0 or 0L) => Duration(method.Name, Convert.ToDouble(contents[0], CultureInfo.InvariantCulture)),
            _ => null,
        };
    }

    public static bool IsFramework(ITypeSymbol? type) => type?.ContainingNamespace is { } space && IsFramework(space);

    /// <summary>Whether it is "System" or one of the namespaces below it that hold simple values.</summary>
    public static bool IsFramework(INamespaceSymbol? space) => space is not null && (IsSystem(space) || space is { Name: "Net" or "Linq" or "Text" or "IO" or "Tasks" or "Threading" or "Globalization" } && (IsSystem(space.ContainingNamespace) || IsSystem(space.ContainingNamespace?.ContainingNamespace)));

    private static bool IsSystem(INamespaceSymbol? space) => space is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };

    private static Answer? Asked(string name, object content, object?[] arguments) => (name, content, arguments) switch
    {
        ("Equals", IPAddress one, [IPAddress other]) => new Answer(Value.Of(one.Equals(other))),
        ("Equals", StringComparer comparer, [string one, string other]) => new Answer(Value.Of(comparer.Equals(one, other))),
        ("Compare", StringComparer comparer, [string one, string other]) => new Answer(new KnownValue(comparer.Compare(one, other))),
        ("Equals", TimeSpan one, [TimeSpan other]) => new Answer(Value.Of(one == other)),
        ("CompareTo", IComparable one, [{ } other]) when HasOrder(content, other) => new Answer(new KnownValue(one.CompareTo(other))),
        ("GetLeftPart", Uri, _) => null,
        _ => null,
    };

    private static Answer? Parsed(IMethodSymbol method, string? text, NumberStyles? styles)
    {
        object? parsed = method.ContainingType.SpecialType switch
        {
            // What is allowed around the digits matters little; what the digits are does.
            SpecialType.System_Int32 when IsHexadecimal(styles) => int.TryParse(text, styles!.Value, CultureInfo.InvariantCulture, out var number) ? number : null,
            SpecialType.System_UInt16 when IsHexadecimal(styles) => ushort.TryParse(text, styles!.Value, CultureInfo.InvariantCulture, out var number) ? number : null,
            SpecialType.System_Int64 when IsHexadecimal(styles) => long.TryParse(text, styles!.Value, CultureInfo.InvariantCulture, out var number) ? number : null,
            not SpecialType.None when styles is { } others && (others & ~(NumberStyles.Integer | NumberStyles.AllowTrailingSign)) != 0 => method,
            SpecialType.System_Int32 => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
            SpecialType.System_Int64 => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
            SpecialType.System_UInt16 => ushort.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
            SpecialType.System_Int16 => short.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
            SpecialType.System_UInt32 => uint.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
            SpecialType.System_Byte => byte.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
            SpecialType.System_Double => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            SpecialType.System_Boolean => bool.TryParse(text, out var known) ? known : null,
            SpecialType.System_Char => text is { Length: 1 } ? text[0] : null,
            _ => method.ContainingType.Name switch
            {
                "IPAddress" => IPAddress.TryParse(text ?? "", out var address) ? address : null,
                "IPEndPoint" => EndPoint(text ?? ""),
                // Some frameworks refuse what others cut off.
                "IPNetwork" => NetworkText.Parse(text ?? "") is { } network ? network.HasHostBits ? method : network : null,
                "TimeSpan" => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null,
                "Version" => Version.TryParse(text, out var version) ? version : null,
                _ => method,
            },
        };
        if (ReferenceEquals(parsed, method))
            return null;
        if (text is null && method.Name == "Parse")
            return new Answer(Value.Unknown) { Exception = "System.ArgumentNullException" };
        if (method.Name == "TryParse")
            return new Answer(Value.Of(parsed is not null)) { Output = new KnownValue(parsed) };
        return parsed is null ? new Answer(Value.Unknown) { Exception = "System.FormatException" } : new Answer(new KnownValue(parsed));
    }

    private static bool IsHexadecimal(NumberStyles? styles) => styles is { } given && (given & NumberStyles.AllowHexSpecifier) != 0;

    private static Answer? Mathematics(string name, object?[] arguments)
    {
        var result = (name, arguments) switch
        {
            ("Max", [int a, int b]) => Math.Max(a, b),
            ("Min", [int a, int b]) => Math.Min(a, b),
            ("Max", [long a, long b]) => Math.Max(a, b),
            ("Min", [long a, long b]) => Math.Min(a, b),
            ("Max", [double a, double b]) => Math.Max(a, b),
            ("Min", [double a, double b]) => Math.Min(a, b),
            ("Abs", [int a]) when a != int.MinValue => Math.Abs(a),
            ("Abs", [double a]) => Math.Abs(a),
            ("Sign", [int a]) => Math.Sign(a),
            ("Clamp", [int a, int low, int high]) when low <= high => Math.Min(Math.Max(a, low), high),
            ("Pow", [double a, double b]) => Math.Pow(a, b),
            ("Sqrt", [double a]) => Math.Sqrt(a),
            ("Floor", [double a]) => Math.Floor(a),
            ("Ceiling", [double a]) => Math.Ceiling(a),
            ("Round", [double a]) => Math.Round(a),
            ("Truncate", [double a]) => Math.Truncate(a),
            _ => (object?)null,
        };
        return result is null ? null : new Answer(new KnownValue(result));
    }

    private static Answer? Characters(string name, object?[] arguments)
    {
        if (arguments is not [char c])
            return null;
        return name switch
        {
            "GetNumericValue" => new Answer(new KnownValue(char.GetNumericValue(c))),
            "IsDigit" => new Answer(Value.Of(char.IsDigit(c))),
            "IsLetter" => new Answer(Value.Of(char.IsLetter(c))),
            "IsLetterOrDigit" => new Answer(Value.Of(char.IsLetterOrDigit(c))),
            "IsUpper" => new Answer(Value.Of(char.IsUpper(c))),
            "IsLower" => new Answer(Value.Of(char.IsLower(c))),
            "IsAsciiDigit" => new Answer(Value.Of(c is >= '0' and <= '9')),
            "IsAsciiLetter" => new Answer(Value.Of(c is >= 'a' and <= 'z' or >= 'A' and <= 'Z')),
            "IsAsciiLetterOrDigit" => new Answer(Value.Of(c is >= '0' and <= '9' or >= 'a' and <= 'z' or >= 'A' and <= 'Z')),
            "IsAsciiLetterLower" => new Answer(Value.Of(c is >= 'a' and <= 'z')),
            "IsAsciiLetterUpper" => new Answer(Value.Of(c is >= 'A' and <= 'Z')),
            "IsPunctuation" => new Answer(Value.Of(char.IsPunctuation(c))),
            "IsSymbol" => new Answer(Value.Of(char.IsSymbol(c))),
            "IsSeparator" => new Answer(Value.Of(char.IsSeparator(c))),
            "IsWhiteSpace" => new Answer(Value.Of(char.IsWhiteSpace(c))),
            "ToLower" or "ToLowerInvariant" => new Answer(new KnownValue(char.ToLowerInvariant(c))),
            "ToUpper" or "ToUpperInvariant" => new Answer(new KnownValue(char.ToUpperInvariant(c))),
            _ => null,
        };
    }

    private static Answer? Converted(IMethodSymbol method, IReadOnlyList<Value> arguments)
    {
        if (arguments is not [KnownValue or EnumValue, ..])
            return null;
        var content = arguments[0] is EnumValue member ? member.Number : ((KnownValue)arguments[0]).Content;
        var type = method.Name == "ChangeType" ? TargetOf(arguments) : method.ReturnType.SpecialType;
        if (content is string text)
        {
            if (text.IndexOf(Settings.Setting.UnknownPart) >= 0)
                return null;
            return type == SpecialType.System_String ? new Answer(arguments[0]) : arguments.Count > 1 && arguments[1] is KnownValue { Content: int } radix ? FromBase(text, radix, type) : FromText(text, type);
        }

        if (type == SpecialType.System_Boolean && content is int or long)
            return new Answer(Value.Of(Convert.ToInt64(content, CultureInfo.InvariantCulture) != 0));
        if (content is bool flag && Numbers.Convert(flag ? 1 : 0, type) is { } bit)
            return new Answer(new KnownValue(bit));
        if (type == SpecialType.System_String && content is not null && (arguments.Count == 1 || arguments[1] is not KnownValue { Content: int }))
            return new Answer(new KnownValue(Convert.ToString(content, CultureInfo.InvariantCulture)));
        return content is not null && Numbers.IsNumber(content) && content is not (double or float or decimal) && Numbers.Convert(content, type) is { } converted ? new Answer(new KnownValue(converted)) : null;
    }

    // "Convert.ChangeType(x, typeof(int))" and "Convert.ChangeType(x, TypeCode.Int32)".
    private static SpecialType TargetOf(IReadOnlyList<Value> arguments) => arguments.Count < 2 ? SpecialType.None : arguments[1] switch
    {
        TypeValue type => type.Type.SpecialType,
        EnumValue { Type.Name: "TypeCode" } code => (TypeCode)code.Number switch
        {
            TypeCode.Boolean => SpecialType.System_Boolean,
            TypeCode.Byte => SpecialType.System_Byte,
            TypeCode.Int16 => SpecialType.System_Int16,
            TypeCode.UInt16 => SpecialType.System_UInt16,
            TypeCode.Int32 => SpecialType.System_Int32,
            TypeCode.UInt32 => SpecialType.System_UInt32,
            TypeCode.Int64 => SpecialType.System_Int64,
            TypeCode.String => SpecialType.System_String,
            _ => SpecialType.None,
        },
        _ => SpecialType.None,
    };

    private static Answer? FromText(string text, SpecialType type)
    {
        if (type == SpecialType.System_Boolean)
            return bool.TryParse(text, out var known) ? new Answer(Value.Of(known)) : new Answer(Value.Unknown) { Exception = "System.FormatException" };
        if (type is not (SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64))
            return null;
        if (!long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
            return new Answer(Value.Unknown) { Exception = "System.FormatException" };
        var converted = Numbers.Convert(number, type);
        return converted is not null && Convert.ToInt64(converted, CultureInfo.InvariantCulture) == number ? new Answer(new KnownValue(converted)) : new Answer(Value.Unknown) { Exception = "System.OverflowException" };
    }

    private static Answer? FromBase(string text, Value radix, SpecialType type)
    {
        if (radix is not KnownValue { Content: 2 or 8 or 10 or 16 } known)
            return null;
        try
        {
            return Numbers.Convert(Convert.ToInt64(text, (int)known.Content), type) is { } number ? new Answer(new KnownValue(number)) : null;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            return new Answer(Value.Unknown) { Exception = exception.GetType().FullName };
        }
    }

    private static Answer? Duration(string name, double count)
    {
        var duration = name switch
        {
            "FromDays" => Duration(() => TimeSpan.FromDays(count)),
            "FromHours" => Duration(() => TimeSpan.FromHours(count)),
            "FromMinutes" => Duration(() => TimeSpan.FromMinutes(count)),
            "FromSeconds" => Duration(() => TimeSpan.FromSeconds(count)),
            "FromMilliseconds" => Duration(() => TimeSpan.FromMilliseconds(count)),
            _ => null,
        };
        return duration is null ? null : new Answer(duration);
    }

    private static KnownValue? Duration(Func<TimeSpan> create)
    {
        try
        {
            return new KnownValue(create());
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static IPEndPoint? EndPoint(string text)
    {
        var colon = SocketAddressText.EndOfHost(text.AsSpan());
        return colon > 0
            && IPAddress.TryParse(SocketAddressText.Host(text), out var address)
            && int.TryParse(text.Substring(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 0 and <= 65535
            ? new IPEndPoint(address, port)
            : null;
    }
}

/// <summary>What a method of the framework does.</summary>
/// <param name="Result">What it returns.</param>
internal sealed record Answer(Value Result)
{
    /// <summary>What its "out" parameter becomes; null for none.</summary>
    public KnownValue? Output { get; init; }

    /// <summary>Whether it throws.</summary>
    public bool Throws => Exception is not null;

    /// <summary>The full name of the exception that it throws; null where it returns.</summary>
    public string? Exception { get; init; }
}
