using System.Collections;
using System.Globalization;
using StalwartHardening.Plans;

namespace StalwartHardening.Configuration.Objects;

/// <summary>What can be said of a value the moment it is assigned, so that the exception comes from the line that is wrong.</summary>
internal static class FieldLimits
{
    public static void Check(PlanType type, PlanField field, object? value)
    {
        switch (value)
        {
            case TimeSpan duration:
                Check(type, field, duration);
                break;
            case long number:
                Check(type, field, number);
                break;
            case double number when double.IsNaN(number) || double.IsInfinity(number):
                throw Wrong(type, field, value, "only a finite number can be written");
            case double number:
                CheckRange(type, field, number, value);
                break;
            case string text when text.Length == 0 && !field.IsNullable:
                throw new ArgumentException($"{type}.{field.Name}: the server refuses an empty text.", nameof(value));
            case string:
                break;
            case IEnumerable many:
                Check(type, field, many);
                break;
        }
    }

    /// <summary>Refuses what is no member of the field's enumeration.</summary>
    public static void CheckWords(PlanType type, PlanField field, IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            if (field.Enum is { } known && known.IndexOf(word.AsSpan()) < 0)
                throw NoMember(type, field.Name, word);
        }
    }

    private static void Check(PlanType type, PlanField field, TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
            throw Wrong(type, field, duration, "a duration is not negative");
        if (duration.Ticks % TimeSpan.TicksPerMillisecond != 0)
            throw Wrong(type, field, duration, "the server counts whole milliseconds");
        if (duration == TimeSpan.Zero)
            throw Wrong(type, field, duration, "the server requires at least one millisecond");
        if (duration.TotalMilliseconds < field.Minimum || duration.TotalMilliseconds > field.Maximum)
            throw Wrong(type, field, duration, string.Format(CultureInfo.InvariantCulture, "the {0} is {1} milliseconds", duration.TotalMilliseconds < field.Minimum ? "least" : "most", duration.TotalMilliseconds < field.Minimum ? field.Minimum : field.Maximum));
    }

    private static void Check(PlanType type, PlanField field, long number)
    {
        if (number < 0 && field.Type.Scalar == PlanScalar.Unsigned)
            throw Wrong(type, field, number, "it cannot be negative");
        CheckRange(type, field, number, number);
    }

    private static void CheckRange(PlanType type, PlanField field, double number, object value)
    {
        if (number < field.Minimum)
            throw Wrong(type, field, value, string.Format(CultureInfo.InvariantCulture, "the least is {0}", field.Minimum));
        if (number > field.Maximum)
            throw Wrong(type, field, value, string.Format(CultureInfo.InvariantCulture, "the most is {0}", field.Maximum));
    }

    /// <summary>A number that is none of an enumeration's.</summary>
    public static ArgumentOutOfRangeException NoMember(PlanType type, string field, object? value) =>
        new(nameof(value), value, $"{type}.{field}: the enumeration has no member of this number.");

    private static void Check(PlanType type, PlanField field, IEnumerable value)
    {
        foreach (var item in value)
        {
            if (item is null)
                throw new ArgumentException($"{type}.{field.Name}: an element is null.", nameof(value));
        }
    }

    private static ArgumentOutOfRangeException Wrong(PlanType type, PlanField field, object value, string why) =>
        new(nameof(value), value, $"{type}.{field.Name}: {why}.");
}
