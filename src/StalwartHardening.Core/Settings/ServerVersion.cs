using System.Globalization;

namespace StalwartHardening.Settings;

/// <summary>A version of the mail server that reads TOML: 0.5 to 0.15.</summary>
/// <param name="Minor">The part after "0.", 5 to 15.</param>
/// <param name="Patch">The third part; <see cref="AnyPatch"/> when only "0.15" was said, which means the newest of that line.</param>
internal readonly record struct ServerVersion(int Minor, int Patch) : IComparable<ServerVersion>
{
    /// <summary>The patch of a version given without one: newer than every real patch.</summary>
    public const int AnyPatch = 99;

    /// <summary>The newest line of servers that reads TOML, and the default target.</summary>
    public static ServerVersion Newest => new(15, AnyPatch);

    /// <summary>Reads <c>0.15</c>, <c>v0.13.1</c> or <c>0.12.x</c>; anything else, and versions that read no TOML, are refused.</summary>
    public static bool TryParse(string? text, out ServerVersion version)
    {
        version = Newest;
        var parts = (text ?? "").Trim().TrimStart('v', 'V').Split('.');
        if (parts.Length is < 2 or > 3 || parts[0] != "0")
            return false;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor) || minor is < 5 or > 16)
            return false;
        var patch = AnyPatch;
        if (parts.Length == 3 && parts[2] is not ("x" or "*")
            && !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out patch))
            return false;
        version = new ServerVersion(minor, patch);
        return true;
    }

    /// <summary>Whether this is <paramref name="minor"/>.<paramref name="patch"/> or newer.</summary>
    public bool IsAtLeast(int minor, int patch = 0) => Minor > minor || (Minor == minor && Patch >= patch);

    /// <inheritdoc/>
    public int CompareTo(ServerVersion other) =>
        Minor != other.Minor ? Minor.CompareTo(other.Minor) : Patch.CompareTo(other.Patch);

    /// <summary>Older than.</summary>
    public static bool operator <(ServerVersion left, ServerVersion right) => left.CompareTo(right) < 0;

    /// <summary>Newer than.</summary>
    public static bool operator >(ServerVersion left, ServerVersion right) => left.CompareTo(right) > 0;

    /// <summary>Not newer than.</summary>
    public static bool operator <=(ServerVersion left, ServerVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Not older than.</summary>
    public static bool operator >=(ServerVersion left, ServerVersion right) => left.CompareTo(right) >= 0;

    /// <summary>As people write it: <c>0.15</c> or <c>0.13.1</c>.</summary>
    public override string ToString() => Patch == AnyPatch
        ? string.Format(CultureInfo.InvariantCulture, "0.{0}", Minor)
        : string.Format(CultureInfo.InvariantCulture, "0.{0}.{1}", Minor, Patch);
}
