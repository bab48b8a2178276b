using StalwartHardening.Plans;
using StalwartHardening.Server.Accounts;
using Value = StalwartHardening.Plans.DraftValue;

namespace StalwartHardening.Migration;

/// <summary>Makes objects of the accounts and roles that a builder declares.</summary>
internal sealed class PrincipalMigration(SettingsDocument document, List<KeyValuePair<Setting, string>> problems)
{
    private const string SystemAdministrator = "System Administrator";

    private readonly Dictionary<string, DraftObject> _domains = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DraftObject> _roles = new(StringComparer.Ordinal);
    private readonly List<DraftObject> _declared = [];
    private readonly List<DraftObject> _builtIn = [];

    public Plans.DraftText Write()
    {
        var principals = DeclaredPrincipal.Read(document);
        foreach (var role in principals.Where(static principal => principal.Type == "role"))
            _declared.Add(_roles[role.Name.Value] = new DraftObject(TypeOf("Role"), role.Name));
        foreach (var role in principals.Where(static principal => principal.Type == "role"))
            WriteRole(role);
        var accounts = principals.Where(static principal => principal.Type == "individual").Select(Account).ToList();
        foreach (var other in principals.Where(static principal => principal.Type is not ("role" or "individual")))
            problems.Add(new(other.Name, $"A principal of the kind '{other.Type}' has no object: write it as a typed object."));

        var plan = new DraftPlan();
        Upsert(plan, [.. _domains.Values]);
        Upsert(plan, _builtIn);
        Upsert(plan, _declared);
        Upsert(plan, accounts);
        return plan.Write();
    }

    private static void Upsert(DraftPlan plan, List<DraftObject> objects)
    {
        if (objects.Count > 0)
            plan.Add(new Plans.DraftOperation(PlanVerb.Upsert, objects[0].Type.Union ?? objects[0].Type, objects, objects[0].Origin));
    }

    private void WriteRole(DeclaredPrincipal role)
    {
        var written = _roles[role.Name.Value];
        written.Set("description", Value.Text(role.Name.Value), role.Name);
        SetPermissions(written, "enabledPermissions", role.EnabledPermissions, isGrant: true);
        SetPermissions(written, "disabledPermissions", role.DisabledPermissions, isGrant: false);
        if (role.Roles.Count > 0)
            written.Set("roleIds", Value.Many([.. role.Roles.Select(one => Value.Reference(Role(one), one))]), role.Roles[0]);
        foreach (var service in role.Services)
            problems.Add(new(service, "The services of a role are permissions in 0.16: grant or deny those."));
    }

    private DraftObject Account(DeclaredPrincipal principal)
    {
        var account = new DraftObject(TypeOf("Account").FindVariant("User".AsSpan())!, principal.Name);
        var addresses = principal.Emails.Count > 0 ? principal.Emails : [new Setting(principal.Name.Key, principal.Name.Value.IndexOf('@') > 0 ? principal.Name.Value : principal.Name.Value + "@" + OwnDomain(), principal.Name.KeySpan, principal.Name.ValueSpan)];
        var (name, domain) = Split(addresses[0]);
        account.Set("name", Value.Text(name), addresses[0]);
        account.Set("domainId", Value.Reference(domain), addresses[0]);
        if (addresses.Count > 1)
            account.Set("aliases", Value.Many([.. addresses.Skip(1).Select(Alias)]), addresses[1]);
        if (principal.Description is { } description)
            account.Set("description", Value.Text(description), principal.Name);
        if (principal.Quota is { } quota)
            account.Set("quotas", Value.Map([new(Value.Text("maxDiskQuota"), Value.Literal(quota))]), principal.Name);
        SetRoles(account, principal);
        if (principal.Secrets.Count > 0)
        {
            var password = new DraftObject(PlanSchema.Instance.FindType("Credential")!.FindVariant("Password".AsSpan())!, principal.Secrets[0]);
            password.Set("secret", Value.Text(principal.Secrets[0].Value), principal.Secrets[0]);
            account.Set("credentials", Value.Many([Value.From(password)]), principal.Secrets[0]);
            foreach (var other in principal.Secrets.Skip(1))
                problems.Add(new(other, "An account of 0.16 has one password."));
        }

        foreach (var group in principal.MemberOf)
            problems.Add(new(group, "Groups of 0.16 are accounts of their own: write them and their members as typed objects."));
        return account;
    }

    private void SetRoles(DraftObject account, DeclaredPrincipal principal)
    {
        var isAdministrator = principal.Roles.Any(static role => role.Value == "admin");
        var hasService = !principal.ListsServices || principal.Services.Count > 0;
        var roles = new List<Value>();
        foreach (var role in principal.Roles)
            roles.Add(Value.Reference(Role(role), role));

        // An administrator's own role holds no mail; what is left of the services comes with the user's.
        if (isAdministrator && hasService && !principal.Roles.Any(static role => role.Value == "user"))
            roles.Add(Value.Reference(BuiltIn("User", principal.Roles[0]), principal.Services.Count > 0 ? principal.Services[0] : principal.Roles[0]));
        var type = PlanSchema.Instance.FindType("UserRoles")!;
        var place = principal.Roles.Count > 0 ? principal.Roles[0] : principal.Name;
        if (principal.Roles is [{ Value: "user" }])
        {
            account.Set("roles", Value.From(new DraftObject(type.FindVariant("User".AsSpan())!, place)), place);
        }
        else
        {
            var custom = new DraftObject(type.FindVariant("Custom".AsSpan())!, place);
            custom.Set("roleIds", Value.Many(roles), place);
            account.Set("roles", Value.From(custom), place);
        }

        var enabled = Permissions(principal.EnabledPermissions, isGrant: true);
        var disabled = Permissions(principal.DisabledPermissions, isGrant: false);
        if (principal.ListsServices && (!isAdministrator || hasService))
        {
            var kept = new HashSet<string>(enabled.Select(static one => one.Content), StringComparer.Ordinal);
            foreach (var permission in PermissionTranslation.OfServices(service => principal.Services.All(one => one.Value != service)))
            {
                if (!kept.Contains(permission))
                    disabled.Add(Value.Text(permission));
            }
        }

        if (enabled.Count + disabled.Count == 0)
            return;
        var merge = new DraftObject(PlanSchema.Instance.FindType("Permissions")!.FindVariant("Merge".AsSpan())!, principal.Name);
        merge.Set("enabledPermissions", Value.Many(enabled), principal.EnabledPermissions.Count > 0 ? principal.EnabledPermissions[0] : principal.Name);
        merge.Set("disabledPermissions", Value.Many(disabled), principal.DisabledPermissions.Count > 0 ? principal.DisabledPermissions[0] : principal.Name);
        account.Set("permissions", Value.From(merge), principal.Name);
    }

    private DraftObject Role(Setting role) => role.Value switch
    {
        "admin" => BuiltIn(SystemAdministrator, role),
        "user" => BuiltIn("User", role),
        "tenant-admin" => BuiltIn("Tenant Administrator", role),
        _ when _roles.TryGetValue(role.Value, out var known) => known,
        _ => Unknown(role),
    };

    private DraftObject Unknown(Setting role)
    {
        problems.Add(new(role, $"The role '{role.Value}' is not declared, and only its name is known."));
        return BuiltIn(role.Value, role);
    }

    // The roles that a server makes when it first boots are found by their description and left as they are.
    private DraftObject BuiltIn(string description, Setting origin)
    {
        var known = _builtIn.Find(role => role.Find("description")!.Content == description);
        if (known is null)
        {
            known = new DraftObject(TypeOf("Role"), origin);
            known.Set("description", Value.Text(description), origin);
            _builtIn.Add(known);
        }

        return known;
    }

    private Value Alias(Setting address)
    {
        var alias = new DraftObject(PlanSchema.Instance.FindType("EmailAlias")!, address);
        var (name, domain) = Split(address);
        alias.Set("name", Value.Text(name), address);
        alias.Set("domainId", Value.Reference(domain), address);
        return Value.From(alias);
    }

    private (string Name, DraftObject Domain) Split(Setting address)
    {
        var at = address.Value.LastIndexOf('@');
        if (at <= 0)
            problems.Add(new(address, "An address has a name and a domain."));
        var domain = at < 0 ? OwnDomain() : address.Value.Substring(at + 1);
        if (!_domains.TryGetValue(domain, out var known))
        {
            _domains.Add(domain, known = new DraftObject(TypeOf("Domain"), address));
            known.Set("name", Value.Text(domain.ToLowerInvariant()), address);
        }

        return (at < 0 ? address.Value : address.Value.Substring(0, at), known);
    }

    // mail.example.org serves example.org.
    private string OwnDomain()
    {
        var host = document.TryGet("server.hostname", out var hostname) ? hostname.Value : "localhost.localdomain";
        var dot = host.IndexOf('.');
        return dot > 0 && host.IndexOf('.', dot + 1) > 0 ? host.Substring(dot + 1) : host;
    }

    private void SetPermissions(DraftObject role, string field, IReadOnlyList<Setting> permissions, bool isGrant)
    {
        if (permissions.Count > 0)
            role.Set(field, Value.Many(Permissions(permissions, isGrant)), permissions[0]);
    }

    private List<Value> Permissions(IReadOnlyList<Setting> permissions, bool isGrant)
    {
        var written = new List<Value>();
        foreach (var permission in permissions)
        {
            if (PermissionTranslation.Of(permission.Value) is { } name)
                written.Add(Value.Text(name, permission));
            else if (permission.Value.IndexOf(Setting.UnknownPart) < 0)
                problems.Add(new(permission, $"0.16 has no permission '{permission.Value}': {(isGrant ? "grant" : "deny")} those of the objects that are meant, in a typed Role."));
        }

        return written;
    }

    private static PlanType TypeOf(string name) => PlanSchema.Instance.FindObject(name.AsSpan())!;
}
