using StalwartHardening.Configuration.Annotations;
using StalwartHardening.Configuration.Objects;

namespace StalwartHardening.Configuration;

/// <summary>Another object that a field refers to: one of the same plan, or one that the server has already.</summary>
public abstract class ObjectReference
{
    private protected ObjectReference(ServerObject? target, string? id)
    {
        Target = target;
        Id = id;
    }

    internal ServerObject? Target { get; }

    internal string? Id { get; }

    /// <summary>An object that the server has already.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="id">The id that the server gave it.</param>
    /// <exception cref="ArgumentException">The id is empty or holds other characters than letters, digits, '-' and '_'.</exception>
    [SettingText("{id}")]
    public static ObjectReference<T> FromId<T>(string id)
        where T : ServerObject
    {
        if (id is null)
            throw new ArgumentNullException(nameof(id));
        if (id.Length == 0 || !id.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_'))
            throw new ArgumentException($"'{id}' is not an id that a server assigns: those are letters, digits, '-' and '_'. Refer to an object of the plan by the object.", nameof(id));
        return new ObjectReference<T>(id);
    }

    /// <inheritdoc/>
    public override string ToString() => Id ?? Target!.ToString();
}

/// <summary>An object of a type that a field refers to.</summary>
/// <typeparam name="T">The type.</typeparam>
public sealed class ObjectReference<T> : ObjectReference, IEquatable<ObjectReference<T>>
    where T : ServerObject
{
    internal ObjectReference(string id)
        : base(null, id)
    {
    }

    private ObjectReference(T target)
        : base(target, null)
    {
    }

    /// <summary>An object of the same plan.</summary>
    /// <param name="target">The object.</param>
    [SettingText("{target}")]
    public static implicit operator ObjectReference<T>(T target) => new(target ?? throw new ArgumentNullException(nameof(target)));

    /// <inheritdoc/>
    public bool Equals(ObjectReference<T>? other) => other is not null && ReferenceEquals(Target, other.Target) && Id == other.Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ObjectReference<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => Id is null ? System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Target!) : StringComparer.Ordinal.GetHashCode(Id);
}
