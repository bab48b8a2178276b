using StalwartHardening.Expressions;

namespace StalwartHardening.Server.Exposure;

/// <summary>Somebody with every right on the server.</summary>
/// <param name="Name">The login name; empty where a macro says it.</param>
/// <param name="Kind">Where the account comes from.</param>
internal sealed record ExposedAdministrator(string Name, ExposedAdministratorKind Kind)
{
    internal static IReadOnlyList<ExposedAdministrator> AllOf(ServerConfiguration server)
    {
        var all = new List<ExposedAdministrator>();
        if (server.FallbackAdministrator is { } fallback)
            all.Add(new ExposedAdministrator(Known(fallback.User.Value), ExposedAdministratorKind.Fallback));
        if (server.MasterUser is { } master)
            all.Add(new ExposedAdministrator(Known(master.User.Value), ExposedAdministratorKind.MasterUser));
        foreach (var directory in server.Directories)
        {
            if (directory.Use == DirectoryUse.None)
                continue;
            foreach (var principal in directory.Principals)
            {
                if (principal.IsAdministrator && principal.CanLogIn)
                    all.Add(new ExposedAdministrator(Known(principal.Name.Value), ExposedAdministratorKind.Directory));
            }
        }

        var principals = server.Principals;
        foreach (var principal in principals)
        {
            if (principal.Type != "role" && principal.AdministratorSource(principals) is not null)
                all.Add(new ExposedAdministrator(Known(principal.Name.Value), ExposedAdministratorKind.Directory));
        }

        foreach (var account in server.Accounts)
        {
            if (account.IsAdministrator && account.CanLogIn)
                all.Add(new ExposedAdministrator(Known(account.Name.Value), ExposedAdministratorKind.Account));
        }

        return all;
    }

    private static string Known(string name) => WrittenExpressionReader.IsUnknown(name) ? "" : name;
}

/// <summary>Where an administrator comes from.</summary>
internal enum ExposedAdministratorKind
{
    /// <summary><c>authentication.fallback-admin</c>: every permission on every protocol.</summary>
    Fallback,

    /// <summary><c>authentication.master</c>: one password that opens every account.</summary>
    MasterUser,

    /// <summary>An account of a directory that the file writes out.</summary>
    Directory,

    /// <summary>An account of a server that keeps its accounts among its settings.</summary>
    Account,
}
