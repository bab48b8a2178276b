using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Who may do what on a plan's server: users, groups, and the keys and passwords that programs have.</summary>
internal static class PlanAccountRights
{
    private static readonly (string Type, AccountKind Kind)[] s_keys = [("AppPassword", AccountKind.AppPassword), ("ApiKey", AccountKind.ApiKey)];

    public static AccountOverview Read(PlanServer server, bool isCommunity)
    {
        var state = server.Reading.Run.State;
        var accounts = new List<AccountRights>();
        var elsewhere = new List<string>();
        foreach (var account in state.Objects("Account"))
        {
            var permissions = AccountPermissions.From(state, account, isCommunity);
            var kind = account.Type.Variant == "Group" ? AccountKind.Group : AccountKind.User;
            accounts.Add(Of(NameOf(account), kind, account.Span ?? default, permissions.Certain, permissions.Possible, PlanAccounts.Through(account, permissions)));
            AddCredentials(account, permissions, accounts);
        }

        // Whose they are no field says: they belong to the account that makes them.
        foreach (var (type, kind) in s_keys)
        {
            foreach (var key in state.Objects(type))
                accounts.Add(Key(key.Label ?? key.ServerId, kind, key.Span ?? default, key["permissions"], PermissionSet.Empty, PermissionSet.All, "the account that applies the plan"));
        }

        if (PlanSchema.Instance.FindObject("Account".AsSpan()) is { } known && state.MayHoldMore(known))
            elsewhere.Add("Accounts that the server had before the run are not shown.");
        if (state.Singleton("Authentication")?["directoryId"] is { Kind: not PlanValueKind.Null })
            elsewhere.Add("Accounts of the directory that 'Authentication/directoryId' names are not shown.");
        elsewhere.Add("The recovery administrator (environment variable STALWART_RECOVERY_ADMIN), who may do everything, is not shown.");
        return new AccountOverview(accounts, elsewhere);
    }

    private static void AddCredentials(StateObject account, AccountPermissions permissions, List<AccountRights> accounts)
    {
        if (account["credentials"]?.Members is not { } credentials)
            return;
        for (var i = 0; i < credentials.Count; i++)
        {
            var credential = credentials[i].Value;
            var kind = Array.Find(s_keys, key => key.Type == credential.Type?.Variant);
            if (kind.Type is not null)
                accounts.Add(Key(NameOf(account) + ": " + credential["description"]?.Content, kind.Kind, credential.Span ?? account.Span ?? default, credential["permissions"], permissions.Certain, permissions.Possible, $"account '{Display.Text(NameOf(account))}'"));
        }
    }

    private static AccountRights Key(string name, AccountKind kind, SourceSpan place, PlanValue? scope, PermissionSet certain, PermissionSet possible, string owner)
    {
        if (scope is null or { Kind: PlanValueKind.Unknown } or { IsUnknown: true })
            return Of(name, kind, place, PermissionSet.Empty, possible, $"permissions of {owner}");
        var through = scope.Type?.Variant switch
        {
            "Disable" => $"the permissions of {owner} without those of its list",
            "Replace" => $"those permissions of {owner} that are in its list",
            _ => $"the permissions of {owner}",
        };
        return Of(name, kind, place, AccountPermissions.Within(certain, scope), AccountPermissions.Within(possible, scope), through);
    }

    // Where what is certain and what is possible come to the same, it is known.
    private static AccountRights Of(string name, AccountKind kind, SourceSpan place, PermissionSet certain, PermissionSet possible, string through)
    {
        var (least, most) = (new AccountAccess(certain), new AccountAccess(possible));
        return new AccountRights(name, kind, place, right => Has(least, right) is var has && has == Has(most, right) ? has : null)
        {
            Through = through,
            AdminPermissions = least.AdministrativeCount == most.AdministrativeCount ? least.AdministrativeCount : null,
            TotalPermissions = certain.Count == possible.Count ? certain.Count : null,
        };
    }

    private static string NameOf(StateObject account) => account["name"] is { Kind: PlanValueKind.Text } name ? name.Content : account.Label ?? Setting.UnknownPart.ToString();

    private static bool Has(AccountAccess access, AccountRight right) => right switch
    {
        AccountRight.IsAdmin => access.IsAdministrator,
        AccountRight.Authenticate => access.CanLogIn,
        AccountRight.Imap => access.Imap,
        AccountRight.Pop3 => access.Pop3,
        AccountRight.Sieve => access.Sieve,
        AccountRight.JmapMail => access.JmapMail,
        AccountRight.JmapSubmission => access.JmapSubmission,
        AccountRight.JmapContacts => access.JmapContacts,
        AccountRight.JmapCalendars => access.JmapCalendars,
        AccountRight.JmapFiles => access.JmapFiles,
        AccountRight.JmapSieve => access.JmapSieve,
        AccountRight.AnyJmap => access.AnyJmap,
        AccountRight.DavCalendar => access.DavCalendar,
        AccountRight.DavContacts => access.DavContacts,
        AccountRight.DavFiles => access.DavFiles,
        AccountRight.AnyDav => access.AnyDav,
        AccountRight.EmailSend => access.EmailSend,
        AccountRight.EmailReceive => access.EmailReceive,
        _ => access.Impersonate,
    };
}
