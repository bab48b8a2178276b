using System.Collections;
using System.Globalization;
using System.Reflection;
using StalwartHardening.Configuration;
using StalwartHardening.Configuration.Annotations;
using StalwartHardening.Configuration.Objects;
using StalwartHardening.Plans;

namespace StalwartHardening.Tests.Plans;

/// <summary>Objects with a value in every field, each a value that the server takes.</summary>
internal static class FilledObject
{
    /// <summary>All classes that can be created.</summary>
    public static IEnumerable<Type> Types => typeof(ServerValue).Assembly.GetExportedTypes().Where(static type => !type.IsAbstract && type.IsSubclassOf(typeof(ServerValue)));

    /// <summary>The type of the schema that a class is.</summary>
    public static PlanType SchemaOf(Type type)
    {
        var annotation = type.GetCustomAttribute<PlanObjectAttribute>()!;
        var known = PlanSchema.Instance.FindType(annotation.Type)!;
        return annotation.Variant is { } variant ? known.FindVariant(variant.AsSpan())! : known;
    }

    public static IEnumerable<(PropertyInfo Property, PlanField Field)> Properties(Type type)
    {
        var schema = SchemaOf(type);
        return type.GetProperties().Select(property => (property, schema.FindField(property.GetCustomAttribute<SettingAttribute>()!.Key.AsSpan())!));
    }

    public static ServerValue Create(Type type, int depth = 0)
    {
        var filled = (ServerValue)Activator.CreateInstance(type)!;
        foreach (var (property, field) in Properties(type))
        {
            if (!field.IsServerSet && ValueOf(property.PropertyType, field, depth) is { } value)
                property.SetValue(filled, value);
        }

        return filled;
    }

    private static object? ValueOf(Type type, PlanField field, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(Expression))
            return new Expression { Match = [new ExpressionMatch { If = "true", Then = Otherwise(field) }], Else = Otherwise(field) };
        if (type == typeof(Secret))
            return field.ValueType is null ? Secret.InsecurePlainText("$6$x$y") : Secret.FromEnvironment("NAME");
        if (type.IsGenericType)
        {
            var arguments = type.GetGenericArguments();
            if (type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
            {
                var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
                if (Single(arguments[0], field, field.Type.Scalar, depth) is not { } key || Single(arguments[1], field, field.Type.ValueScalar, depth) is not { } value)
                    return null;
                map.Add(key, value);
                return map;
            }

            if (type.GetGenericTypeDefinition() == typeof(ObjectReference<>))
                return Single(type, field, PlanScalar.ObjectId, depth);
            if (Single(arguments[0], field, field.Type.Scalar, depth) is not { } item)
                return null;
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(arguments))!;
            list.Add(item);
            while (list.Count < field.MinimumCount && Single(arguments[0], field, field.Type.Scalar, depth) is { } another)
                list.Add(another is string text ? text + list.Count : another);
            return list;
        }

        return Single(type, field, field.Type.Scalar, depth);
    }

    private static object? Single(Type type, PlanField field, PlanScalar scalar, int depth)
    {
        if (type.IsGenericType)
            return typeof(ObjectReference).GetMethod(nameof(ObjectReference.FromId))!.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, ["b"]);
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>().Last();
        if (typeof(ServerValue).IsAssignableFrom(type))
            return depth > 4 ? null : Create(type.IsAbstract ? type.GetNestedTypes().OrderBy(static nested => nested == typeof(Credential.Password) ? int.MaxValue : nested.GetProperties().Length).Last() : type, depth + 1);
        if (type == typeof(bool))
            return !field.Default.IsTrue;
        if (type == typeof(long))
            return (long)Number(field, 77);
        if (type == typeof(double))
            return Number(field, 0.5);
        if (type == typeof(TimeSpan))
            return TimeSpan.FromMilliseconds(Number(field, 1234));
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));
        var text = scalar switch
        {
            PlanScalar.IpAddress => "192.0.2.1",
            PlanScalar.IpNetwork => "192.0.2.0/24",
            PlanScalar.SocketAddress => "[::]:993",
            PlanScalar.EmailAddress => "a@example.org",
            _ when field.Name is "name" or "defaultDomain" or "aliases" or "subjectAlternativeNames" or "serverHostname" or "origin" => "mail.example.org",
            _ when field.Default is { Kind: PlanValueKind.Text, Content.Length: > 0 } => field.Default.Content,
            _ => "text",
        };
        return field.MaximumLength > 0 && text.Length > field.MaximumLength ? text[..field.MaximumLength] : text;
    }

    private static string Otherwise(PlanField field) => field.Default.Type is not null && field.Default["else"] is { Content.Length: > 0 } text ? text.Content : "true";

    private static double Number(PlanField field, double usual) => Math.Min(field.Maximum ?? double.MaxValue, Math.Max(field.Minimum ?? 0, usual));

    /// <summary>A value as the plan's reader shows it.</summary>
    public static void AssertSame(object? expected, PlanValue actual, PlanField? field, string path)
    {
        switch (expected)
        {
            case ServerValue value:
                foreach (var (property, inner) in Properties(value.GetType()))
                {
                    if (property.GetValue(value) is { } own)
                        AssertSame(own, actual[inner.Name]!, inner, path + "/" + inner.Name);
                }

                Assert.True(actual.Type!.Variant == SchemaOf(value.GetType()).Variant, path);
                break;
            case Secret when field?.ValueType is not null:
                Assert.True(actual["variableName"]?.Content == "NAME", path);
                break;
            case Secret:
                Assert.True(actual.Content == "$6$x$y", path);
                break;
            case IDictionary map:
                var entry = new DictionaryEntry(map.Keys.Cast<object>().Single(), map.Values.Cast<object>().Single());
                Assert.True(actual.Keys.Single() == Text(entry.Key), path);
                AssertSame(entry.Value, actual.Find(actual.Keys.Single())!, null, path + "/" + entry.Key);
                break;
            case IList list when field!.Type.Shape == PlanShape.List:
                Assert.True(actual.Keys.Count() == list.Count, path);
                AssertSame(list[0], actual.Find("0")!, null, path + "/0");
                break;
            case IList set:
                Assert.True(actual.Keys.SequenceEqual(set.Cast<object>().Select(Text)), path);
                break;
            case bool truth:
                Assert.True(actual.IsTrue == truth, path);
                break;
            default:
                Assert.True(actual.Content == Text(expected!), $"{path}: '{actual.Content}' is not '{Text(expected!)}'");
                break;
        }
    }

    private static string Text(object value) => value switch
    {
        Enum word => word.GetType().GetField(word.ToString())!.GetCustomAttribute<SettingTextAttribute>()!.Texts[0],
        TimeSpan duration => duration.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset => "2030-01-02T02:04:05Z",
        ObjectReference reference => reference.ToString(),
        double number => number.ToString("0.0###", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
