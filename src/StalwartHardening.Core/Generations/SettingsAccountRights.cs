using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>
/// Who may do what on a server of flat settings: its own two administrators and the accounts of memory directories, whose class
/// decides over everything (<c>directory/src/backend/memory</c>, <c>core/principal.rs</c>).
/// </summary>
internal static class SettingsAccountRights
{
    public static AccountOverview Read(ServerConfiguration server)
    {
        var accounts = new List<AccountRights>();
        var elsewhere = new List<string>();
        var features = server.Features;
        if (server.FallbackAdministrator is { } fallback)
            accounts.Add(Of(features, fallback.User, AccountKind.FallbackAdministrator, _ => true, "its place as fallback administrator, who holds every permission"));
        if (server.MasterUser is { } master)
            accounts.Add(Of(features, master.User, AccountKind.MasterUser, _ => true, "its place as master user, whose password opens every account"));
        foreach (var directory in server.Directories)
        {
            if (directory.Use == DirectoryUse.None)
                continue;
            var isSure = directory.Use == DirectoryUse.Everything;
            foreach (var principal in directory.Principals)
                accounts.Add(Of(features, principal, directory, isSure));
            if (directory.Type != "memory")
                elsewhere.Add($"Accounts of directory '{Display.Text(directory.Id)}' ({Display.Text(directory.Type)}) are not shown.");
        }

        if (server.Directories.Count == 0)
            elsewhere.Add("Accounts that the server keeps in its database are not shown.");
        return new AccountOverview(accounts, elsewhere);
    }

    private static AccountRights Of(ServerFeatures features, Principal principal, AccountDirectory directory, bool isSure)
    {
        var isGroup = principal.Class?.Value == "group";
        var isUnknown = principal.Class is { } written && Macros.HasUnknownPart(Macros.MaskUnknown(written.Value, features, MacroStage.Everything));
        bool? isAdministrator = isUnknown ? null : principal.IsAdministrator;
        bool? Has(AccountRight right) => right switch
        {
            AccountRight.EmailReceive or AccountRight.AnyDav or AccountRight.AnyJmap => true,
            _ when !principal.CanLogIn => false,
            AccountRight.IsAdmin or AccountRight.Impersonate => isAdministrator,
            _ => true,
        };
        return Of(
            features,
            principal.Name,
            isGroup ? AccountKind.Group : AccountKind.User,
            right => isSure || Has(right) == false ? Has(right) : null,
            $"class '{(principal.Class is { } kind ? Display.Text(kind.Value) : "individual")}' of directory '{Display.Text(directory.Id)}'{(principal.CanLogIn ? "" : ", without a password that can match")}");
    }

    private static AccountRights Of(ServerFeatures features, in Setting name, AccountKind kind, Func<AccountRight, bool?> has, string through) =>
        new(name.Value, kind, name.ValueSpan, right => IsServed(features, right) ? has(right) : false) { Through = through };

    // What this version does not speak nobody can use.
    private static bool IsServed(ServerFeatures features, AccountRight right) => right switch
    {
        AccountRight.Pop3 => features.HasPop3,
        AccountRight.DavCalendar or AccountRight.DavContacts or AccountRight.DavFiles or AccountRight.AnyDav => features.HasWebDav,
        AccountRight.JmapContacts or AccountRight.JmapCalendars or AccountRight.JmapFiles => features.HasJmapCollaboration,
        _ => true,
    };
}
