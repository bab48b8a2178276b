namespace StalwartHardening.Server.Exposure;

/// <summary>Who can administer a server, and through which doors: what a change must not take away unasked.</summary>
internal sealed class AdministrationAccess
{
    private AdministrationAccess(IReadOnlyList<AdministrationEntrance> entrances, IReadOnlyList<ExposedAdministrator> administrators)
    {
        Entrances = entrances;
        Administrators = administrators;
    }

    /// <summary>The addresses through which the server is administered, those most people reach first.</summary>
    public IReadOnlyList<AdministrationEntrance> Entrances { get; }

    /// <summary>The administrators the configuration shows. A master user opens other accounts and is none by itself.</summary>
    public IReadOnlyList<ExposedAdministrator> Administrators { get; }

    /// <summary>Whether somebody on another machine gets to the administration.</summary>
    public bool IsOpenElsewhere
    {
        get
        {
            foreach (var entrance in Entrances)
            {
                if (entrance.Address.Reach > ExposureReach.Machine)
                    return true;
            }

            return false;
        }
    }

    /// <summary>What <paramref name="map"/> says about the administration of <paramref name="server"/>.</summary>
    public static AdministrationAccess From(ServerConfiguration server, ExposureMap map)
    {
        var entrances = new List<AdministrationEntrance>();
        foreach (var listener in map.Listeners)
        {
            foreach (var group in listener.Endpoints)
            {
                if (group.Group != server.Endpoints.Administration)
                    continue;
                foreach (var address in listener.Addresses)
                {
                    // What comes from the machine itself is let through whatever access control says.
                    var access = address.Reach == ExposureReach.Machine ? EndpointAccess.Everybody : group.Access;
                    if (address.Reach != ExposureReach.Nobody && access != EndpointAccess.Nobody)
                        entrances.Add(new AdministrationEntrance(listener, address, access));
                }
            }
        }

        entrances.Sort(static (left, right) => left.Address.Reach != right.Address.Reach ? right.Address.Reach.CompareTo(left.Address.Reach) : string.CompareOrdinal(left.Address.Text, right.Address.Text));
        var administrators = new List<ExposedAdministrator>(map.Administrators.Count);
        foreach (var administrator in map.Administrators)
        {
            if (administrator.Kind != ExposedAdministratorKind.MasterUser)
                administrators.Add(administrator);
        }

        return new AdministrationAccess(entrances, administrators);
    }

    /// <summary>What would be gone for good if the server became the one that <paramref name="after"/> is about.</summary>
    public AdministrationLoss LossTo(AdministrationAccess after)
    {
        var loss = AdministrationLoss.None;
        if (IsOpenElsewhere && !after.IsOpenElsewhere)
            loss |= AdministrationLoss.Entrance;

        // Nobody administers a server without an entrance, so nobody loses one.
        if (Entrances.Count > 0 && Administrators.Count > 0 && after.Administrators.Count == 0)
            loss |= AdministrationLoss.Administrator;
        return loss;
    }
}

/// <summary>An address through which a server is administered.</summary>
/// <param name="Listener">The listener.</param>
/// <param name="Address">The address.</param>
/// <param name="Access">Whom access control lets through.</param>
internal sealed record AdministrationEntrance(ExposedListener Listener, ExposedAddress Address, EndpointAccess Access);

/// <summary>What a change takes away from those who administer a server.</summary>
[Flags]
internal enum AdministrationLoss
{
    /// <summary>Nothing: a way in is left.</summary>
    None = 0,

    /// <summary>The last way in from another machine; in a container the machine is the container.</summary>
    Entrance = 1,

    /// <summary>The last administrator that the configuration shows.</summary>
    Administrator = 2,
}
