using System.Globalization;

namespace StalwartHardening.Plans;

/// <summary>
/// How long a password in clear text must be. The server reads this from Authentication when it starts and when it is told to reload its
/// settings, not when Authentication is written.
/// </summary>
/// <param name="MinLength">The fewest characters; 0 where it is not known.</param>
/// <param name="MaxLength">The most characters.</param>
internal readonly record struct PasswordPolicy(int MinLength, int MaxLength)
{
    private const int DefaultMinLength = 8;

    private const int DefaultMaxLength = 128;

    /// <summary>The policy of a server that has just read its settings.</summary>
    public static PasswordPolicy From(PlanState state)
    {
        var authentication = state.Singleton("Authentication");
        return new PasswordPolicy(Length(authentication?["passwordMinLength"], state.IsOpen ? 0 : DefaultMinLength), Length(authentication?["passwordMaxLength"], state.IsOpen ? int.MaxValue : DefaultMaxLength));
    }

    private static int Length(PlanValue? value, int otherwise) =>
        value is { Kind: PlanValueKind.Number } && int.TryParse(value.Content, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : otherwise;
}
