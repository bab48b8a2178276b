namespace StalwartHardening.Expressions;

/// <summary>How the server makes a status of a value (<c>http-proto/context.rs</c>, 0.15.5).</summary>
internal static class AccessStatus
{
    /// <summary>The only status that lets a request through.</summary>
    public const int Allowed = 200;

    /// <summary>Only the low 16 bits of a number count, and only 100 to 999 are statuses.</summary>
    public static bool TryGet(in ExpressionValue value, out int status)
    {
        status = 0;
        if (!value.TryGetStatusNumber(out var number))
            return false;
        status = unchecked((ushort)number);
        return status is >= 100 and <= 999;
    }
}
