using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>
/// Settings in the order they are written, no key twice. A hash table of indices over the array: a dictionary would cost more than
/// the settings themselves.
/// </summary>
internal sealed class SettingTable(int capacity)
{
    private Setting[] _settings = new Setting[capacity];
    private int[] _hashes = new int[capacity];
    private int[] _slots = new int[NextPowerOfTwo(capacity * 2)];

    public int Count { get; private set; }

    public Setting[] Settings => _settings;

    /// <summary>Characters in all keys together.</summary>
    public long KeyCharacters { get; private set; }

    /// <summary>Adds a setting, or answers the index of the one that already has the key.</summary>
    public bool TryAdd(ReadOnlySpan<char> key, string value, SourceSpan keySpan, SourceSpan valueSpan, out int existing)
    {
        var hash = Hash(key);
        var mask = _slots.Length - 1;
        var slot = hash & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            existing = _slots[slot] - 1;
            if (_hashes[existing] == hash && key.SequenceEqual(_settings[existing].Key.AsSpan()))
                return false;
        }

        if (Count == _settings.Length)
        {
            Array.Resize(ref _settings, Count * 2);
            Array.Resize(ref _hashes, Count * 2);
        }

        KeyCharacters += key.Length;
        existing = Count++;
        _settings[existing] = new Setting(key.ToString(), value, keySpan, valueSpan);
        _hashes[existing] = hash;
        _slots[slot] = existing + 1;
        if (Count * 2 > _slots.Length)
            Rehash();
        return true;
    }

    private void Rehash()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var i = 0; i < Count; i++)
        {
            var slot = _hashes[i] & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = i + 1;
        }
    }

    // FNV-1a, finished so that the low bits are good ones.
    private static int Hash(ReadOnlySpan<char> key)
    {
        var hash = 2166136261u;
        foreach (var c in key)
            hash = (hash ^ c) * 16777619u;
        return (int)(hash ^ (hash >> 15));
    }

    private static int NextPowerOfTwo(int value)
    {
        var power = 16;
        while (power < value)
            power <<= 1;
        return power;
    }
}
