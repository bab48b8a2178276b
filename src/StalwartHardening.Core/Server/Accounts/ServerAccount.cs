using StalwartHardening.Settings;

namespace StalwartHardening.Server.Accounts;

/// <summary>An account whose rights the configuration decides by itself, as the server computes them.</summary>
/// <param name="Name">The setting with the login name.</param>
/// <param name="IsAdministrator">Whether it holds a permission that ordinary users lack.</param>
/// <param name="CanLogIn">Whether it may log in at all.</param>
/// <param name="IsUnknown">Whether a part that decides is not known: then it may have less than what is said here, or more.</param>
internal sealed record ServerAccount(Setting Name, bool IsAdministrator, bool CanLogIn, bool IsUnknown)
{
    /// <summary>The mail services that it can use, with what lets it (<see cref="MailServicePermissions.Services"/>).</summary>
    public IReadOnlyList<AccountService> Services { get; init; } = [];

    /// <summary>What lets it log in as anybody else; null where it cannot.</summary>
    public Setting? Impersonation { get; init; }

    /// <summary>What gives it every permission that a system administrator has; null where it lacks any.</summary>
    public Setting? HoldsEveryPermission { get; init; }

    /// <summary>What makes it an administrator, in words: its roles, or permissions of its own.</summary>
    public string Through => SayThrough();

    /// <summary>Says <see cref="Through"/>, which few accounts are asked for.</summary>
    public Func<string> SayThrough { get; init; } = static () => "";

    /// <summary>What lets it impersonate, in words.</summary>
    public string ImpersonatesThrough { get; init; } = "";

    /// <summary>Makes the edits that take the mail services away and leave the rest; none where there is no way.</summary>
    public Func<IReadOnlyList<SettingEdit>> TakeAwayServices { get; init; } = static () => [];
}

/// <summary>A service that an account can use.</summary>
/// <param name="Service">The service, by the name the typed builders write.</param>
/// <param name="Source">The setting that lets the account: a permission of its own, or the role that holds it.</param>
internal readonly record struct AccountService(string Service, Setting Source);
